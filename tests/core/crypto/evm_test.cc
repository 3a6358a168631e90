#include "core/crypto/evm.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

// The key of upstream's MetaMask vectors.
const char* const kMetaMask = "f77a21701522a03b01c111ad2d2cdaf2b8403b47507ee0aec3c2e52b765d7a66";

Hash256 typed_hash(std::string_view name, ByteSpan bcs) {
  Keccak256 hasher;
  hasher.update(as_bytes(name));
  hasher.update(as_bytes("::"));
  hasher.update(bcs);
  return hasher.finish();
}

// linera-base/src/crypto/secp256k1/evm.rs, tests, eip191_compatibility.
TEST(Evm, SignsAHashAsMetaMask) {
  auto hash = hex_array<32>("c520e2b24b05e70c39c36d4aa98e9129ac0079ea002d4c382e6996ea11946d1e");
  SecretKey key = hex_key(kMetaMask);
  auto signature = evm_sign(key, hash);
  EXPECT_EQ(to_hex(signature),
            "e257048813b851f812ba6e508e972d8bb09504824692b027ca95d31301dbe8c7"
            "103a2f35ce9950d031d260f412dcba09c24027288872a67abe261c0a3e55c9121b");
  EXPECT_EQ(evm_recover(hash, signature).value(), evm_address_of(key).value());
}

// linera-chain/src/data_types/mod.rs, signing::proposal_content_signing.
TEST(Evm, SignsAProposalAsMetaMask) {
  Bytes content = to_bytes(typed_hash("TestString", hex("07436861696e4964")));  // "ChainId"
  append(content, hex("0b000000"));                                             // epoch 11
  append(content, hex("00"));                                                   // no transactions
  append(content, hex("0b00000000000000"));                                     // height 11
  append(content, hex("802b530b00000000"));  // timestamp 190000000
  append(content, hex("0000"));              // no signer, no previous block
  append(content, hex("020b000000"));        // SingleLeader(11)
  append(content, hex("00"));                // no outcome
  EXPECT_EQ(to_hex(evm_sign(hex_key(kMetaMask), typed_hash("ProposalContent", content))),
            "d69d31203f59be441fd02cdf68b2504cbcdd7215905c9b7dc3a7ccbf09afe145"
            "503c93b391810ce9edd6ee36b1e817b2d0e9dabdf4a098da8c2f670ef4198e8a1b");
}

// A proposal recorded from the published client (key 11 x 32): its bytes, hash and owner.
TEST(Evm, RecordedProposal) {
  Bytes content = hex(
      "562b630e2f39eb5d3200bbf06ff1773000f9f0a0df777eccf7fa4f6e5eaffaf000000000010100000000562b630e"
      "2f39eb5d3200bbf06ff1773000f9f0a0df777eccf7fa4f6e5eaffaf00219e7e376e7c213b7e7e7e46cc70a5dd086"
      "daff2a00002cf61a24a2290000000000000000000000000000000020534b4ebe600600010219e7e376e7c213b7e7"
      "e7e46cc70a5dd086daff2a00010000000000");
  Hash256 hash = typed_hash("ProposalContent", content);
  EXPECT_EQ(to_hex(hash), "e5775a7c8d4cd36cbc2b705a0036fc44e44b00a515ab56744e2c95662cb942dc");
  SecretKey key = hex_key(std::string(64, '1'));
  auto address = evm_recover(hash, evm_sign(key, hash)).value();
  EXPECT_EQ(evm_checksum_text(address), "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");
}

TEST(Evm, TakesEveryFormOfV) {
  SecretKey key = hex_key(kMetaMask);
  auto address = evm_address_of(key).value();
  auto hash = keccak256(as_bytes("v"));
  auto signature = evm_sign(key, hash);
  uint8_t parity = signature[64] - 27;
  for (int base : {0, 27, 35, 37}) {
    signature[64] = static_cast<uint8_t>(base + parity);
    EXPECT_EQ(evm_recover(hash, signature).value(), address) << base;
  }
  for (int v : {2, 26, 29, 34}) {
    signature[64] = static_cast<uint8_t>(v);
    EXPECT_EQ(evm_recover(hash, signature).error().code, ErrorCode::kBadSignature) << v;
  }
}

TEST(Evm, HighSRecoversTheSameAddress) {
  SecretKey key = hex_key(kMetaMask);
  auto hash = keccak256(as_bytes("high"));
  auto signature = evm_sign(key, hash);
  auto order = hex_array<32>("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
  int borrow = 0;
  for (size_t i = 32; i-- > 0;) {
    int digit = order[i] - signature[32 + i] - borrow;
    borrow = digit < 0;
    signature[32 + i] = static_cast<uint8_t>(digit);
  }
  signature[64] = signature[64] == 27 ? 28 : 27;
  EXPECT_EQ(evm_recover(hash, signature).value(), evm_address_of(key).value());
  signature[64] = signature[64] == 27 ? 28 : 27;
  auto other = evm_recover(hash, signature);
  EXPECT_TRUE(!other.ok() || other.value() != evm_address_of(key).value());
}

TEST(Evm, TextSignatureCoversItsLength) {
  SecretKey key = hex_key(kMetaMask);
  Hash256 hash = keccak256({});
  EXPECT_EQ(evm_sign_text(key, hash), evm_sign(key, hash));  // why 32 bytes are never "text"
  // keccak256("\x19Ethereum Signed Message:\n11hello world"), as web3's hashMessage gives it.
  EXPECT_EQ(to_hex(eip191_digest(as_bytes("hello world"))),
            "d9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68");
}

TEST(Evm, ChecksumText) {  // EIP-55's examples
  for (const char* text : {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                           "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"}) {
    const auto address = array_from_hex<20>(std::string_view(text).substr(2), "address");
    EXPECT_EQ(evm_checksum_text(address.value()), text);
  }
}

}  // namespace
}  // namespace mica::crypto
