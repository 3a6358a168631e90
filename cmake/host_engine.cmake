# The host's own WebAssembly as an engine for guests: C++, and a JavaScript library that goes with it.
set(host_engine_js ${CMAKE_SOURCE_DIR}/js-bindings/host_engine.js)
add_library(mica_host_engine STATIC EXCLUDE_FROM_ALL js-bindings/host_engine.cc)
target_link_libraries(mica_host_engine PUBLIC mica_wasm)
target_link_options(mica_host_engine INTERFACE "SHELL:--js-library ${host_engine_js}")
set_target_properties(mica_host_engine PROPERTIES INTERFACE_LINK_DEPENDS ${host_engine_js})
