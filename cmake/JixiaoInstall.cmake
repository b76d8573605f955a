# What `cmake --install` puts where: library, public headers, CMake package, rule sets, schemas. The program installs itself in doors/cli.
include(CMakePackageConfigHelpers)
if(NOT DEFINED BUILD_SHARED_LIBS)
  set(BUILD_SHARED_LIBS OFF)
endif()
set(JIXIAO_RULES_FOLDER "${CMAKE_INSTALL_DATADIR}/jixiao/rules")
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/jixiao")

install(TARGETS jixiao EXPORT jixiaoTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(EXPORT jixiaoTargets NAMESPACE jixiao:: DESTINATION "${package_folder}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/engine/include/jixiao" "${PROJECT_BINARY_DIR}/engine/include/jixiao"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/rules/" DESTINATION "${JIXIAO_RULES_FOLDER}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/schema/" DESTINATION "${CMAKE_INSTALL_DATADIR}/jixiao/schema")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/jixiaoConfig.cmake.in" "${PROJECT_BINARY_DIR}/jixiaoConfig.cmake"
  INSTALL_DESTINATION "${package_folder}" PATH_VARS JIXIAO_RULES_FOLDER)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/jixiaoConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/jixiaoConfig.cmake" "${PROJECT_BINARY_DIR}/jixiaoConfigVersion.cmake"
  "${CMAKE_CURRENT_LIST_DIR}/JixiaoUnpacking.cmake"
  "${CMAKE_CURRENT_LIST_DIR}/JixiaoSqlite.cmake" "${CMAKE_CURRENT_LIST_DIR}/JixiaoPugixml.cmake" DESTINATION "${package_folder}")
