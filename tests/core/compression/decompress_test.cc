#include "core/compression/decompress.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/core/compression/frame.h"

namespace mica::compression {
namespace {

Bytes compressed(const Bytes& content, int level) {
  Bytes out(ZSTD_compressBound(content.size()));
  size_t size = ZSTD_compress(out.data(), out.size(), content.data(), content.size(), level);
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

// Neither constant nor random: the compressor finds matches and literals.
Bytes sample(size_t size) {
  Bytes out;
  uint32_t state = 1;
  while (out.size() < size) {
    state = state * 1664525 + 1013904223;
    out.insert(out.end(), 1 + state % 7, static_cast<uint8_t>(state >> 24));
  }
  out.resize(size);
  return out;
}

TEST(Decompress, WhatTheLibraryCompressed) {
  for (size_t size : {0, 1, 1000, 300'000}) {
    const Bytes content = sample(size);
    for (int level : {1, 19}) {
      auto out = decompress(compressed(content, level), size);
      ASSERT_TRUE(out.ok()) << size;
      EXPECT_EQ(*out, content) << size;
    }
  }
}

TEST(Decompress, RawFramesOfTests) {
  for (size_t size : {0, 1, 128 * 1024, 300'000}) {
    const Bytes content = sample(size);
    auto out = decompress(raw_frame(content), size);
    ASSERT_TRUE(out.ok()) << size;
    EXPECT_EQ(*out, content) << size;
  }
}

TEST(Decompress, SeveralFramesAreOneContent) {
  Bytes frames = compressed(sample(10), 3);
  const Bytes second = raw_frame(sample(20));
  frames.insert(frames.end(), second.begin(), second.end());
  auto out = decompress(frames, 30);
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out->size(), 30u);
}

TEST(Decompress, NotMoreThanAllowed) {
  for (const Bytes& frames : {compressed(sample(1001), 3), raw_frame(sample(1001))}) {
    EXPECT_EQ(decompress(frames, 1000).error().code, ErrorCode::kTooLong);
    EXPECT_TRUE(decompress(frames, 1001).ok());
  }
}

// A few bytes that stand for 60 MB take no more memory than is allowed.
TEST(Decompress, ManyRepeatedBytes) {
  Bytes bomb{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58};  // unknown size, a window of 2 MiB
  const size_t blocks = 500;
  for (size_t i = 0; i < blocks; ++i) {
    const uint32_t header = 128 * 1024 << 3 | 1 << 1 | (i + 1 == blocks ? 1 : 0);
    for (int byte = 0; byte < 3; ++byte) bomb.push_back(static_cast<uint8_t>(header >> 8 * byte));
    bomb.push_back('x');
  }
  EXPECT_EQ(decompress(bomb, 1'000'000).error().code, ErrorCode::kTooLong);
  EXPECT_EQ(decompress(bomb, 128 * 1024 * blocks)->size(), 128 * 1024 * blocks);
}

TEST(Decompress, WhatIsNoFrameIsCorrupt) {
  auto code = [](const Bytes& bytes) { return decompress(bytes, 1000).error().code; };
  EXPECT_EQ(code({}), ErrorCode::kCorrupt);
  EXPECT_EQ(code({0, 'a', 's', 'm', 1, 0, 0, 0}), ErrorCode::kCorrupt);
  const Bytes good = compressed(sample(500), 3);
  for (size_t size = 1; size < good.size(); ++size) {
    EXPECT_EQ(code(Bytes(good.begin(), good.begin() + size)), ErrorCode::kCorrupt) << size;
  }
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_EQ(code(longer), ErrorCode::kCorrupt);
  // It says that it holds less than it does.
  Bytes lying = raw_frame(sample(500));
  lying[5] = 1;
  lying[6] = 0;
  EXPECT_EQ(code(lying), ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace mica::compression
