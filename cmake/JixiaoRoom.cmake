# jixiao_room(<name> SOURCES <files> [USES <rooms>] [LINKS <targets>] [HOT | WARM])
#
# A room is an object library in engine/<name>/. It may include headers of the rooms it USES and of the public
# face, nothing else: a room that is not declared yet is a configure-time error, and tests/architecture checks
# the includes themselves. HOT: its loops run over many rows. WARM: what it does is done for many samples or projects.
#
# jixiao_in_few_units(<target> [HOT | WARM]) does for any target what is done for a room to make it quick to build:
#   - JIXIAO_UNITY: its files are compiled by the dozen. Names in anonymous namespaces are therefore unique in
#     a room; tests/architecture holds it.
#   - where the build type says -O2 or -O3, a HOT target is compiled at -O2, a WARM one at -O1 and any other at -Og,
#     which is -O1 without its slower passes.
# A file with a `#pragma GCC optimize` of its own is compiled alone, as it says.
option(JIXIAO_UNITY "Compile the files of a room by the dozen: a third of the time" ON)
set(JIXIAO_UNITY_FILES 12 CACHE STRING "Files in such a unit, at most; more are less work, and longer waits for one")
set_property(GLOBAL PROPERTY JIXIAO_ROOMS "")

function(jixiao_in_few_units target)
  cmake_parse_arguments(UNITS "HOT;WARM" "" "" ${ARGN})
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  if(CMAKE_CXX_FLAGS_${type} MATCHES "-O[23]")
    set(level $<IF:$<BOOL:${EMSCRIPTEN}>,-Os,-Og>)  # emscripten knows no -Og
    if(UNITS_HOT)
      set(level -O2)
    elseif(UNITS_WARM)
      set(level -O1)
    endif()
    target_compile_options(${target} PRIVATE ${level})
  endif()
  if(NOT JIXIAO_UNITY)
    return()
  endif()
  # As many units as are needed, of nearly one size.
  set(together 0)
  get_target_property(sources ${target} SOURCES)
  get_target_property(folder ${target} SOURCE_DIR)
  foreach(source IN LISTS sources)
    if(source MATCHES "[.]cpp$")
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${folder}" OUTPUT_VARIABLE file)
      set(own_level "written by the build")
      if(EXISTS "${file}" AND NOT file MATCHES "^${PROJECT_BINARY_DIR}/")
        file(STRINGS "${file}" own_level LIMIT_COUNT 1 REGEX "^#pragma GCC optimize")
      endif()
      if(own_level)
        set_source_files_properties("${file}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      else()
        math(EXPR together "${together} + 1")
      endif()
    endif()
  endforeach()
  math(EXPR units "(${together} + ${JIXIAO_UNITY_FILES} - 1) / ${JIXIAO_UNITY_FILES}")
  if(units GREATER 0)
    math(EXPR size "(${together} + ${units} - 1) / ${units}")
    # g++ takes a class that is completed in an included file for one that others see.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
      # Its memory is swept from three quarters of a gigabyte on: a tenth of the time went into that.
      $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=786432>)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE BATCH UNITY_BUILD_BATCH_SIZE ${size})
  endif()
endfunction()

function(jixiao_room name)
  cmake_parse_arguments(ROOM "HOT;WARM" "" "SOURCES;USES;LINKS" ${ARGN})
  set(target "jixiao_${name}")
  add_library(${target} OBJECT ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC
    "${PROJECT_SOURCE_DIR}/engine" "${PROJECT_SOURCE_DIR}/engine/include" "${PROJECT_BINARY_DIR}/engine/include")
  target_link_libraries(${target} PRIVATE jixiao_flags ${ROOM_LINKS})
  target_compile_definitions(${target} PRIVATE jixiao_EXPORTS)
  set(level)
  if(ROOM_HOT)
    set(level HOT)
  elseif(ROOM_WARM)
    set(level WARM)
  endif()
  jixiao_in_few_units(${target} ${level})
  foreach(room IN LISTS ROOM_USES)
    if(NOT TARGET jixiao_${room})
      message(FATAL_ERROR "room '${name}' uses '${room}', which is not declared above it")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY JIXIAO_ROOMS ${name})
  set_property(GLOBAL APPEND PROPERTY JIXIAO_ROOM_LINKS ${ROOM_LINKS})
  set_property(GLOBAL PROPERTY JIXIAO_ROOM_USES_${name} "${ROOM_USES}")
endfunction()
