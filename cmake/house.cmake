# How a room of the house is built: one static library a folder, the same flags and precompiled header everywhere.

# house_library(NAME SOURCES a.cpp … LINKS x y …)
function(house_library name)
  cmake_parse_arguments(A "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${A_SOURCES})
  target_link_libraries(${name} PUBLIC house_flags ${A_LINKS})
  target_precompile_headers(${name} REUSE_FROM house_pch)
endfunction()

# house_program(NAME SOURCES … LINKS …)
function(house_program name)
  cmake_parse_arguments(A "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  # -fPIC, not CMake's -fPIE: the precompiled header is shared with the libraries. Debian's linker makes a PIE of it.
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE -fPIC)
  target_link_libraries(${name} PRIVATE house_flags ${A_LINKS})
  target_precompile_headers(${name} REUSE_FROM house_pch)
endfunction()

# house_embed(OUTPUT x.cpp FUNCTION space::name FILES a b …): files as part of a program; common/EmbeddedFile.h
function(house_embed)
  cmake_parse_arguments(A "" "OUTPUT;FUNCTION" "FILES" ${ARGN})
  string(REPLACE ";" "|" files "${A_FILES}")
  add_custom_command(OUTPUT ${A_OUTPUT}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DFUNCTION=${A_FUNCTION} -DOUT=${A_OUTPUT} -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${A_FILES} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
endfunction()

# house_module(NAME SOURCES … LINKS …): a loadable module, exporting nothing but the contract's symbols
function(house_module name)
  cmake_parse_arguments(A "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} MODULE ${A_SOURCES})
  target_link_libraries(${name} PRIVATE house_flags ${A_LINKS})
  target_link_options(${name} PRIVATE -Wl,--no-undefined -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/module.map)
  set_target_properties(${name} PROPERTIES PREFIX "" LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/module.map
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/modules)
  target_precompile_headers(${name} REUSE_FROM house_pch)
endfunction()

# house_test(NAME SOURCES … LINKS … [LABELS unit|integration|functional]): a googletest program, one ctest entry
function(house_test name)
  cmake_parse_arguments(A "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  house_program(${name} SOURCES ${A_SOURCES} LINKS ${A_LINKS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE LMSD_SOURCE_DIR="${CMAKE_SOURCE_DIR}" LMSD_BINARY_DIR="${CMAKE_BINARY_DIR}")
  if(NOT A_LABELS)
    set(A_LABELS unit)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${A_LABELS}" TIMEOUT 300)
endfunction()
