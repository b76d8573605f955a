# jixiao::sqlite. Into a program the static library: the loader then has nothing to look for at every start. Included by the build and by
# the installed package.
if(NOT TARGET jixiao::sqlite)
  find_path(SQLITE_INCLUDE_FOLDER sqlite3.h REQUIRED)
  if(BUILD_SHARED_LIBS)
    find_library(SQLITE_LIBRARY NAMES sqlite3 REQUIRED)
  else()
    find_library(SQLITE_LIBRARY NAMES libsqlite3.a sqlite3 REQUIRED)
  endif()
  add_library(jixiao::sqlite INTERFACE IMPORTED)
  target_include_directories(jixiao::sqlite INTERFACE "${SQLITE_INCLUDE_FOLDER}")
  target_link_libraries(jixiao::sqlite INTERFACE "${SQLITE_LIBRARY}" ${CMAKE_DL_LIBS} m)
endif()
