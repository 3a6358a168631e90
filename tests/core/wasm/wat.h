// Modules written in the text format, assembled by libwabt; as Wasm, which does not link it, by its
// program.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "core/base/bytes.h"
#ifdef __EMSCRIPTEN__
#include <cstdlib>
#include <fstream>
#include <iterator>
#else
#include "wabt/binary-writer.h"
#include "wabt/stream.h"
#include "wabt/wast-lexer.h"
#include "wabt/wast-parser.h"
#endif

namespace mica::wasm {

// Not validated: what is wrong with it stays wrong.
#ifdef __EMSCRIPTEN__
inline Bytes assemble(std::string_view text) {
  const std::string path = "build/wasm/assembled.wat";
  const std::string made = "build/wasm/assembled.wasm";
  std::ofstream(path) << text;
  const std::string command = "wat2wasm --enable-all --no-check " + path + " -o " + made;
  if (std::system(command.c_str()) != 0) ADD_FAILURE() << text;
  std::ifstream in(made, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(in), {});
}
#else
inline Bytes assemble(std::string_view text) {
  wabt::Errors errors;
  auto lexer = wabt::WastLexer::CreateBufferLexer("test", text.data(), text.size(), &errors);
  wabt::Features features;
  features.EnableAll();
  features.disable_memory64();
  wabt::WastParseOptions options(features);
  std::unique_ptr<wabt::Module> module;
  const bool parsed =
      wabt::Succeeded(wabt::ParseWatModule(lexer.get(), &module, &errors, &options));
  for (const wabt::Error& error : errors) ADD_FAILURE() << error.message << "\n" << text;
  if (!parsed) return {};
  wabt::MemoryStream stream;
  wabt::WriteBinaryOptions writing;
  writing.features = features;
  (void)wabt::WriteBinaryModule(&stream, module.get(), writing);
  return stream.output_buffer().data;
}
#endif

}  // namespace mica::wasm
