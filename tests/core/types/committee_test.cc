#include "core/types/committee.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/bcs/json.h"

namespace mica::types {
namespace {

std::string read(const std::string& path) {
  std::ifstream file("tests/vectors/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A faucet's answers that the published client accepted.
TEST(Genesis, JsonRoundTripsToTheLetter) {
  std::string text = read("genesis_config.json");
  ASSERT_FALSE(text.empty());
  auto genesis = from_json_text<GenesisConfig>(text);
  ASSERT_TRUE(genesis.ok()) << genesis.error().message();
  EXPECT_EQ(*parse_json(to_json_text(*genesis)), *parse_json(text));
  EXPECT_EQ(genesis->committee.quorum_threshold(), 267u);
  EXPECT_EQ(describe(*genesis)->admin_chain_id, genesis->chains[0].id());
}

TEST(Genesis, TotalsThatDoNotSumAreRefused) {
  std::string text = read("genesis_config.json");
  size_t at = text.find("\"quorum_threshold\":267");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 22, "\"quorum_threshold\":266");
  EXPECT_FALSE(from_json_text<GenesisConfig>(text).ok());
}

TEST(BlobContent, IsNamedByItsHash) {
  const BlobContent blob{BlobType::Data, {'h', 'e', 'l', 'l', 'o'}};
  // The same in extension/src/engine/blocks.test.ts.
  EXPECT_EQ(blob.id().hash.to_text(),
            "63a759ef44c1fb29f6887b7087d431066624e05d4c5bbbbbe2bc4f68f10bc443");
}

TEST(ChainDescription, ClaimAnswerRoundTrips) {
  std::string text = read("claimed_chain.json");
  auto description = from_json_text<ChainDescription>(text);
  ASSERT_TRUE(description.ok()) << description.error().message();
  EXPECT_EQ(to_json_text(*description) + "\n", text);
}

}  // namespace
}  // namespace mica::types
