// Modules written in the text format, assembled by libwabt: for tests that run natively alone.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "core/base/bytes.h"
#include "wabt/binary-writer.h"
#include "wabt/stream.h"
#include "wabt/wast-lexer.h"
#include "wabt/wast-parser.h"

namespace mica::wasm {

// Not validated: what is wrong with it stays wrong.
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

}  // namespace mica::wasm
