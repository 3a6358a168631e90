# storage_harness.{mjs,wasm}: IdbStore on a real mount (harness.cc). Included where
# EMSCRIPTEN is set and product_flags are known.
add_executable(storage_harness ${CMAKE_CURRENT_LIST_DIR}/harness.cc)
target_link_libraries(storage_harness PRIVATE mica_storage_idb)
set_target_properties(storage_harness PROPERTIES SUFFIX .mjs)
target_link_options(storage_harness PRIVATE ${product_flags} -lidbfs.js -sFORCE_FILESYSTEM=1
                    -sEXPORTED_RUNTIME_METHODS=FS,IDBFS,ccall)
