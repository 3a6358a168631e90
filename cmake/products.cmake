# The three Wasm products of js-bindings: engine and node with a file system, vault without.
set(product_flags -Oz -fno-rtti --bind -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker -sWASM_BIGINT
    -sDYNAMIC_EXECUTION=0 -sALLOW_MEMORY_GROWTH -sDISABLE_EXCEPTION_THROWING=1
    -sNODEJS_CATCH_EXIT=0 -sNODEJS_CATCH_REJECTION=0 --pre-js ${CMAKE_SOURCE_DIR}/cmake/pre.js)

option(MICA_DWARF "products with symbols, for a debugger (preset wasm-debug)" OFF)
if(MICA_DWARF)
  string(REPLACE "-Oz" "-O0;-g" product_flags "${product_flags}")
endif()

# The products are optimised over all rooms at once (-flto), a twentieth smaller: each library once
# more, as bitcode, for them alone. Tests and the debugger's products link the plain ones.
set(whole "_whole")
if(MICA_DWARF)
  set(whole "")
endif()
function(mica_whole target)
  get_target_property(type ${target} TYPE)
  get_target_property(sources ${target} SOURCES)
  get_target_property(linked ${target} LINK_LIBRARIES)
  if(NOT type STREQUAL "STATIC_LIBRARY")
    get_target_property(linked ${target} INTERFACE_LINK_LIBRARIES)
    add_library(${target}_whole INTERFACE)
    set(scope INTERFACE)
  else()
    add_library(${target}_whole STATIC EXCLUDE_FROM_ALL ${sources})
    mica_in_batches(${target}_whole)
    target_compile_options(${target}_whole PRIVATE -flto)
    set(scope PUBLIC)
  endif()
  list(TRANSFORM linked APPEND _whole REGEX "^mica_")
  list(TRANSFORM linked REPLACE "^mica_options_whole$" "mica_options")
  target_link_libraries(${target}_whole ${scope} ${linked})
endfunction()
foreach(library ${rooms} host_engine)
  mica_whole(mica_${library})
endforeach()
target_link_options(mica_host_engine_whole INTERFACE "SHELL:--js-library ${host_engine_js}")
set_target_properties(mica_host_engine_whole PROPERTIES INTERFACE_LINK_DEPENDS ${host_engine_js})

function(mica_product name)
  add_executable(${name} js-bindings/${name}.cc)
  list(TRANSFORM ARGN APPEND "${whole}")
  target_link_libraries(${name} PRIVATE mica_app${whole} ${ARGN})
  if(NOT MICA_DWARF)
    target_compile_options(${name} PRIVATE -Os -flto)
    target_link_options(${name} PRIVATE -flto)
  endif()
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  set_target_properties(${name} PROPERTIES SUFFIX .mjs LINK_DEPENDS
                        ${CMAKE_SOURCE_DIR}/cmake/pre.js)
  target_link_options(${name} PRIVATE ${product_flags})
  if(name STREQUAL "vault")
    # Its allocations are few and small: the small allocator serves, 2 kB less.
    target_link_options(${name} PRIVATE -sFILESYSTEM=0 -sMALLOC=emmalloc)
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
