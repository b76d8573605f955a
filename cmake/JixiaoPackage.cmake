# What tools/package packs with CPack, as a .deb and as a .tar.gz that runs from any folder:
#   program   the program, its manual pages, completions, the documents (also part of `cmake --install`)
#   licences  of every library that is inside the program or beside it
#   bundled   shared libraries beside the program, in lib/jixiao: of the .tar.gz alone
set(documents "${CMAKE_INSTALL_DATADIR}/doc/jixiao")

# Pages and completions are what the program says of itself.
install(CODE "
  set(program_file \"${PROJECT_BINARY_DIR}/jixiao\")
  set(prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  execute_process(COMMAND \"\${program_file}\" manual -o \"\${prefix}/${CMAKE_INSTALL_MANDIR}/man1\" COMMAND_ERROR_IS_FATAL ANY)
  foreach(shell_and_file bash|bash-completion/completions/jixiao zsh|zsh/vendor-completions/_jixiao fish|fish/vendor_completions.d/jixiao.fish)
    string(REPLACE \"|\" \";\" both \${shell_and_file})
    list(GET both 0 shell)
    list(GET both 1 file)
    execute_process(COMMAND \"\${program_file}\" completion \${shell} OUTPUT_VARIABLE script COMMAND_ERROR_IS_FATAL ANY)
    file(WRITE \"\${prefix}/${CMAKE_INSTALL_DATADIR}/\${file}\" \"\${script}\")
  endforeach()" COMPONENT program)
install(FILES README.md README.zh.md CHANGELOG.md DESTINATION "${documents}" COMPONENT program)
install(DIRECTORY docs/ DESTINATION "${documents}/docs" COMPONENT program FILES_MATCHING PATTERN "*.md" PATTERN "img" EXCLUDE PATTERN "adr" EXCLUDE)
install(DIRECTORY scenarios/chenggong-2020 DESTINATION "${documents}/scenarios" COMPONENT program)

# The copyright file of each Debian package, and the licences they refer to.
set(inside nlohmann-json3-dev libtomlplusplus-dev libcli11-dev libboost-dev zlib1g-dev libzstd-dev libsqlite3-dev libpugixml-dev)
set(beside libmuparser2v5 libfmt9 libtbb12 libutf8proc2 libnettle8 libgomp1)
install(CODE "
  foreach(package ${inside} ${beside})
    set(copyright /usr/share/doc/\${package}/copyright)
    if(NOT EXISTS \${copyright})
      message(FATAL_ERROR \"\${package}: no \${copyright}; its licence must come along\")
    endif()
    file(READ \${copyright} text)
    set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${documents}/licences\")
    file(WRITE \"\${folder}/\${package}.txt\" \"\${text}\")
    string(REGEX MATCHALL \"/usr/share/common-licenses/[A-Za-z0-9.+-]*[A-Za-z0-9]\" wanted \"\${text}\")
    foreach(licence \${wanted})
      file(REAL_PATH \${licence} real)
      if(EXISTS \${real})
        get_filename_component(name \${licence} NAME)
        file(COPY_FILE \${real} \"\${folder}/\${name}\")
      endif()
    endforeach()
  endforeach()" COMPONENT licences EXCLUDE_FROM_ALL)

# Beside the program in the .tar.gz: what a bare system does not have. The system's own C and C++ libraries stay where they are.
install(RUNTIME_DEPENDENCY_SET jixiao_libraries
  PRE_EXCLUDE_REGEXES "^ld-linux" "^libc[.]so" "^libm[.]so" "^libdl[.]so" "^libpthread[.]so" "^librt[.]so" "^libgcc_s[.]so" "^libstdc[+][+][.]so" "^libjixiao[.]so"
  LIBRARY DESTINATION lib/jixiao COMPONENT bundled EXCLUDE_FROM_ALL)

set(CPACK_PACKAGE_NAME jixiao)
set(CPACK_PACKAGE_VENDOR "jixiao")
set(CPACK_PACKAGE_CONTACT "the jixiao maintainers <jixiao@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_SYSTEM_PROCESSOR "${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded when they are asked for.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libzip4, libxlsxwriter4, librsvg2-2")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libpq5, libreoffice, fonts-noto-cjk")
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/JixiaoPackageOf.cmake")
include(CPack)
