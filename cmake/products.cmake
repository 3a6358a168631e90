# The three Wasm products of js-bindings: engine and node with a file system, vault without.
set(product_flags -Oz -fno-rtti --bind -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker -sWASM_BIGINT
    -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH -sDISABLE_EXCEPTION_THROWING=1
    -sNODEJS_CATCH_EXIT=0 -sNODEJS_CATCH_REJECTION=0 --pre-js ${CMAKE_SOURCE_DIR}/cmake/pre.js)

option(MICA_DWARF "products with symbols, for a debugger (preset wasm-debug)" OFF)
if(MICA_DWARF)
  string(REPLACE "-Oz" "-O0;-g" product_flags "${product_flags}")
endif()

function(mica_product name)
  add_executable(${name} js-bindings/${name}.cc)
  target_link_libraries(${name} PRIVATE mica_app ${ARGN})
  if(NOT MICA_DWARF)
    target_compile_options(${name} PRIVATE -Os)
  endif()
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  set_target_properties(${name} PROPERTIES SUFFIX .mjs LINK_DEPENDS
                        ${CMAKE_SOURCE_DIR}/cmake/pre.js)
  target_link_options(${name} PRIVATE ${product_flags})
  if(name STREQUAL "vault")
    target_link_options(${name} PRIVATE -sFILESYSTEM=0)
  else()
    target_link_options(${name} PRIVATE -lidbfs.js -sFORCE_FILESYSTEM=1
                        -sEXPORTED_RUNTIME_METHODS=FS,IDBFS)
  endif()
endfunction()

mica_product(engine mica_storage_idb mica_host_engine)
mica_product(vault)
mica_product(node mica_storage_idb mica_host_engine)

# Test modules that need a page or a host of their own.
include(tests/storage-idb/harness/harness.cmake)
