# One interface target holds every flag a room is compiled with.
add_library(jixiao_flags INTERFACE)
target_compile_options(jixiao_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Wold-style-cast
  # A local name may be that of a constant in another file of its unit (JIXIAO_UNITY).
  $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>
  # g++ 12 warns of overlaps in std::string operator+ that cannot happen (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # Same bits on every instruction set: no silent fused multiply-add.
  -ffp-contract=off)
if(JIXIAO_WERROR)
  target_compile_options(jixiao_flags INTERFACE -Werror)
endif()
if(JIXIAO_FUZZ)
  target_compile_options(jixiao_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer -g1)
  target_link_options(jixiao_flags INTERFACE -fsanitize=address,undefined)
endif()
if(JIXIAO_SANITIZE)
  target_compile_options(jixiao_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(jixiao_flags INTERFACE -fsanitize=address,undefined)
endif()
