// Linked in front of each Wasm product: libsodium's own search for randomness fails in ES modules.
Module['getRandomValue'] = () => crypto.getRandomValues(new Uint32Array(1))[0];
