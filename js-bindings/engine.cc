// The engine module: the Client of a browser.
#include "core/app/client.h"
#include "js-bindings/machine_binding.h"
#include "js-bindings/store_binding.h"

EMSCRIPTEN_BINDINGS(mica_engine) {
  mica::js::bind_store();
  mica::js::bind_machine<mica::app::Client>("Client");
}
