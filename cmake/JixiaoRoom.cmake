# jixiao_room(<name> SOURCES <files> [USES <rooms>] [LINKS <targets>])
#
# A room is an object library in engine/<name>/. It may include headers of the rooms it USES and of the public
# face, nothing else: a room that is not declared yet is a configure-time error, and tests/architecture checks
# the includes themselves.
set_property(GLOBAL PROPERTY JIXIAO_ROOMS "")

function(jixiao_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LINKS" ${ARGN})
  set(target "jixiao_${name}")
  add_library(${target} OBJECT ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC
    "${PROJECT_SOURCE_DIR}/engine" "${PROJECT_SOURCE_DIR}/engine/include" "${PROJECT_BINARY_DIR}/engine/include")
  target_link_libraries(${target} PRIVATE jixiao_flags ${ROOM_LINKS})
  target_compile_definitions(${target} PRIVATE jixiao_EXPORTS)
  foreach(room IN LISTS ROOM_USES)
    if(NOT TARGET jixiao_${room})
      message(FATAL_ERROR "room '${name}' uses '${room}', which is not declared above it")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY JIXIAO_ROOMS ${name})
  set_property(GLOBAL APPEND PROPERTY JIXIAO_ROOM_LINKS ${ROOM_LINKS})
  set_property(GLOBAL PROPERTY JIXIAO_ROOM_USES_${name} "${ROOM_USES}")
endfunction()
