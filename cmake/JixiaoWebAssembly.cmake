# The packages of the engine for WebAssembly, in place of what find_package would find on this machine. JIXIAO_PAGE_ROOT: where
# tools/build-page put the C libraries, compiled, and the headers of the others.
set(JIXIAO_PAGE_ROOT "" CACHE PATH "C libraries and headers for WebAssembly")
set(stand_ins "${PROJECT_SOURCE_DIR}/cmake/webassembly")

# jixiao_library(<target> [<archive>]): headers in JIXIAO_PAGE_ROOT/include, and lib<archive>.a.
function(jixiao_library target)
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} INTERFACE "${JIXIAO_PAGE_ROOT}/include")
  foreach(archive IN LISTS ARGN)
    target_link_libraries(${target} INTERFACE "${JIXIAO_PAGE_ROOT}/lib/lib${archive}.a")
  endforeach()
endfunction()

jixiao_library(muparser::muparser muparser)
target_compile_definitions(muparser::muparser INTERFACE MUPARSER_STATIC)
jixiao_library(fmt::fmt)
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY=1)
jixiao_library(nlohmann_json::nlohmann_json)
jixiao_library(Boost::headers)
jixiao_library(Eigen3::Eigen)
jixiao_library(PkgConfig::utf8proc utf8proc)
target_compile_definitions(PkgConfig::utf8proc INTERFACE UTF8PROC_STATIC)
jixiao_library(PkgConfig::nettle nettle)
jixiao_library(jixiao::pugixml pugixml)
jixiao_library(jixiao::unpacking z)
jixiao_library(jixiao::sqlite)
# Serial: a page has one thread.
add_library(TBB::tbb INTERFACE IMPORTED GLOBAL)

# zstd.h, tbb/: see there. standard.hpp: what emscripten's C++ library lacks of C++20.
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-include ${stand_ins}/standard.hpp>")
include_directories(SYSTEM "${stand_ins}" "${JIXIAO_PAGE_ROOT}/include")
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fexceptions> -Wno-unknown-pragmas -Wno-unknown-warning-option)
set(libpq_INCLUDE_DIRS "")
set(librsvg_INCLUDE_DIRS "")
set(libzip_INCLUDE_DIRS "")
