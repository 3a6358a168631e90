# GoogleTest from the system's sources, with our own flags; one executable per folder of tests.
enable_testing()
set(gtest_dir /usr/src/googletest/googletest)
add_library(mica_gtest STATIC ${gtest_dir}/src/gtest-all.cc ${gtest_dir}/src/gtest_main.cc)
target_include_directories(mica_gtest SYSTEM PUBLIC ${gtest_dir}/include PRIVATE ${gtest_dir})
target_compile_definitions(mica_gtest PUBLIC GTEST_HAS_PTHREAD=0)
target_link_libraries(mica_gtest PUBLIC mica_options)
target_compile_options(mica_gtest PRIVATE -w -O1)
set_target_properties(mica_gtest PROPERTIES EXCLUDE_FROM_ALL ON)

# mica_test(name "sources" libraries...): an executable test_<name>, run in the repository's root.
# Results also go to results/test_<name>.json for the summary of `npm test`.
function(mica_test name sources)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  mica_in_batches(test_${name})
  target_link_libraries(test_${name} PRIVATE ${ARGN} mica_gtest)
  target_compile_options(test_${name} PRIVATE ${MICA_TEST_OPTIMISE})
  if(EMSCRIPTEN)
    set_target_properties(test_${name} PROPERTIES SUFFIX .cjs)  # the project's .js are modules
    target_link_options(test_${name} PRIVATE -O1 -sENVIRONMENT=node -sEXIT_RUNTIME=1
      -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH=1 -sWASM_BIGINT -sWASM_ASYNC_COMPILATION=0
      -sTOTAL_STACK=16777216 -sINITIAL_MEMORY=67108864)
  endif()
  add_test(NAME ${name}
           COMMAND test_${name} --gtest_brief=1
                   --gtest_output=json:${CMAKE_BINARY_DIR}/results/test_${name}.json
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900)
endfunction()

foreach(room ${rooms})
  if(room STREQUAL "storage_idb")
    file(GLOB sources CONFIGURE_DEPENDS tests/storage-idb/*.cc)
  else()
    file(GLOB sources CONFIGURE_DEPENDS tests/core/${room}/*.cc)
  endif()
  if(EMSCRIPTEN)
    list(FILTER sources EXCLUDE REGEX "_wabt_test\\.cc$")  # libwabt is linked natively alone
  endif()
  mica_test(${room} "${sources}" mica_${room})
endforeach()
target_link_libraries(test_compression PRIVATE zstd_compress)
if(EMSCRIPTEN)
  target_link_libraries(test_wasm PRIVATE mica_host_engine)
  target_link_libraries(test_apps PRIVATE mica_host_engine)
else()
  target_link_libraries(test_wasm PRIVATE wabt)
  target_link_libraries(test_apps PRIVATE wabt)
endif()

# Simulated worlds: tests/sim/*_test.cc as test_sim, and with a main.cc the program `sim`.
file(GLOB sim_tests CONFIGURE_DEPENDS tests/sim/*_test.cc)
file(GLOB sim_world CONFIGURE_DEPENDS tests/sim/*.cc)
list(REMOVE_ITEM sim_world ${CMAKE_SOURCE_DIR}/tests/sim/main.cc ${sim_tests})
add_library(mica_worlds STATIC EXCLUDE_FROM_ALL ${sim_world})
mica_in_batches(mica_worlds)
target_link_libraries(mica_worlds PUBLIC mica_app mica_storage_idb)
mica_test(sim "${sim_tests}" mica_worlds)
if(NOT EMSCRIPTEN)
  add_executable(sim tests/sim/main.cc)
  target_link_libraries(sim PRIVATE mica_worlds)
endif()

# One libFuzzer program per file of tests/fuzz.
if(MICA_FUZZ)
  file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/*.cc)
  foreach(source ${fuzz_sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    if(name MATCHES "^wasm_")
      target_link_libraries(fuzz_${name} PRIVATE mica_wasm)
    else()
      target_link_libraries(fuzz_${name} PRIVATE mica_app mica_storage_idb mica_abi)
    endif()
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endif()
