// The host's WebAssembly for js-bindings/host_engine.cc: what C++ can neither call nor catch.
// Linked by --js-library. Modules and instances are numbers to C++, from mica_wasm_compile and the
// like until mica_wasm_release; 0 is none. Imports and exports have their places for names.
mergeInto(LibraryManager.library, {
  $guests: {
    kept: [null],
    free: [],
    keep: function (value) {
      var handle = guests.free.pop() || guests.kept.length;
      guests.kept[handle] = value;
      return handle;
    },
    // What `body` gives; 0 and the error's words at `message` where it throws. No frame of the core
    // may lie between: only an abort passes on.
    attempt: function (body, message, size) {
      var stack = stackSave();
      try {
        return body();
      } catch (error) {
        if (ABORT) throw error;
        stackRestore(stack);
        stringToUTF8(String(error), message, size);
        return 0;
      }
    },
    compiled: function (at, size) {
      return new WebAssembly.Module(HEAPU8.subarray(at >>> 0, (at >>> 0) + size));
    },
    // Taken anew each time: memory grows in every call. Place -1 is no memory.
    bytes: function (instance, memory) {
      return new Uint8Array(memory < 0 ? 0 : guests.kept[instance][memory].buffer);
    },
    // The part of the memory, or null where it lies outside.
    part: function (instance, memory, at, size) {
      var all = guests.bytes(instance, memory);
      var end = (at >>> 0) + size;
      return end > all.length ? null : all.subarray(at >>> 0, end);
    },
  },

  mica_wasm_compile__deps: ['$guests'],
  mica_wasm_compile: function (at, size, message, messageSize) {
    var body = () => guests.keep(guests.compiled(at, size));
    return guests.attempt(body, message, messageSize);
  },

  // `host` is a pointer to the function that answers imports.
  mica_wasm_adapter__deps: ['$guests'],
  mica_wasm_adapter: function (at, size, host, message, messageSize) {
    var imports = { '': [wasmMemory, wasmTable.get(host)] };
    var body = () =>
      guests.keep(new WebAssembly.Instance(guests.compiled(at, size), imports).exports);
    return guests.attempt(body, message, messageSize);
  },

  // The guest's imports are the first functions of its adapter and the pointer `fuel`.
  mica_wasm_instantiate__deps: ['$guests'],
  mica_wasm_instantiate: function (module, adapter, imports, fuel, message, messageSize) {
    var functions = [];
    for (var place = 0; place < imports; ++place) functions.push(guests.kept[adapter][place]);
    functions.push(wasmTable.get(fuel));
    var body = () =>
      guests.keep(new WebAssembly.Instance(guests.kept[module], { '': functions }).exports);
    return guests.attempt(body, message, messageSize);
  },

  // Calls the guest's export by the adapter's caller; 1 where it returned.
  mica_wasm_call__deps: ['$guests'],
  mica_wasm_call: function (adapter, caller, instance, place, message, messageSize) {
    var exports = guests.kept[adapter];
    exports.table.set(0, guests.kept[instance][place]);
    var body = () => {
      exports[caller]();
      return 1;
    };
    var good = guests.attempt(body, message, messageSize);
    exports.table.set(0, null); // or it would keep the instance
    return good;
  },

  mica_wasm_memory_bytes__deps: ['$guests'],
  mica_wasm_memory_bytes: function (instance, memory) {
    return guests.bytes(instance, memory).length;
  },

  mica_wasm_read__deps: ['$guests'],
  mica_wasm_read: function (instance, memory, at, to, size) {
    var part = guests.part(instance, memory, at, size);
    if (part) HEAPU8.set(part, to >>> 0);
    return part ? 1 : 0;
  },

  mica_wasm_write__deps: ['$guests'],
  mica_wasm_write: function (instance, memory, at, from, size) {
    var part = guests.part(instance, memory, at, size);
    if (part) part.set(HEAPU8.subarray(from >>> 0, (from >>> 0) + size));
    return part ? 1 : 0;
  },

  mica_wasm_release__deps: ['$guests'],
  mica_wasm_release: function (handle) {
    guests.kept[handle] = null;
    guests.free.push(handle);
  },

  mica_wasm_kept__deps: ['$guests'],
  mica_wasm_kept: function () {
    return guests.kept.length - 1 - guests.free.length;
  },
});
