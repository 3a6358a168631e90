#include "core/views/overlay.h"

#include <gtest/gtest.h>

#include <random>

#include "core/storage/memory_store.h"

namespace mica::views {
namespace {

Bytes b(std::string_view text) { return to_bytes(as_bytes(text)); }

std::string listing(const Overlay& overlay, std::string_view prefix) {
  std::string out;
  overlay.scan(as_bytes(prefix), [&](ByteSpan key, const Bytes& value) {
    out += std::string(as_text(key)) + "=" + std::string(as_text(value)) + " ";
    return true;
  });
  return out;
}

MemoryStore store_with(std::initializer_list<std::pair<std::string_view, std::string_view>> all) {
  MemoryStore store;
  Batch batch;
  for (auto& [key, value] : all) batch.put(b(key), b(value));
  EXPECT_TRUE(store.apply(batch).ok());
  return store;
}

TEST(Overlay, ShowsItsChangesOverTheStore) {
  MemoryStore store = store_with({{"a1", "x"}, {"a2", "y"}, {"b1", "z"}});
  Overlay overlay(store);
  EXPECT_TRUE(overlay.empty());
  EXPECT_EQ(listing(overlay, "a"), "a1=x a2=y ");
  overlay.put(b("a3"), b("n"));
  overlay.put(b("a0"), b("m"));
  overlay.put(b("a2"), b("Y"));
  overlay.erase(b("a1"));
  EXPECT_EQ(listing(overlay, "a"), "a0=m a2=Y a3=n ");
  EXPECT_EQ(overlay.get(as_bytes("a1")), nullptr);
  EXPECT_EQ(*overlay.get(as_bytes("b1")), b("z"));
  EXPECT_EQ(*store.get(as_bytes("a1")), b("x"));
}

TEST(Overlay, ErasedPrefixHidesTheBaseButNotLaterPuts) {
  MemoryStore store = store_with({{"a1", "x"}, {"a2", "y"}, {"b", "z"}});
  Overlay overlay(store);
  overlay.put(b("a3"), b("old"));
  overlay.erase_prefix(b("a"));
  overlay.put(b("a2"), b("new"));
  EXPECT_EQ(listing(overlay, ""), "a2=new b=z ");
  EXPECT_FALSE(overlay.contains(as_bytes("a1")));
  EXPECT_FALSE(overlay.contains(as_bytes("a3")));
  Batch batch;
  overlay.write_to(batch);
  ASSERT_TRUE(store.apply(batch).ok());
  Overlay fresh(store);
  EXPECT_EQ(listing(fresh, ""), "a2=new b=z ");
}

TEST(Overlay, ChildIsDroppedOrCommitted) {
  MemoryStore store = store_with({{"a", "1"}});
  Overlay parent(store);
  parent.put(b("b"), b("2"));
  {
    Overlay child(parent);
    child.put(b("a"), b("9"));
    child.erase(b("b"));
    EXPECT_EQ(listing(child, ""), "a=9 ");
  }
  EXPECT_EQ(listing(parent, ""), "a=1 b=2 ");
  Overlay child(parent);
  child.erase_prefix(b("b"));
  child.put(b("bb"), b("3"));
  child.commit_to_parent();
  EXPECT_TRUE(child.empty());
  EXPECT_EQ(listing(parent, ""), "a=1 bb=3 ");
}

TEST(Overlay, ScanStopsWhenToldAndStartsWhereTold) {
  MemoryStore store = store_with({{"a", "1"}, {"c", "3"}, {"e", "5"}});
  Overlay overlay(store);
  overlay.put(b("b"), b("2"));
  overlay.put(b("d"), b("4"));
  for (size_t limit = 1; limit <= 5; ++limit) {
    size_t seen = 0;
    overlay.scan({}, [&](ByteSpan, const Bytes&) { return ++seen < limit; });
    EXPECT_EQ(seen, limit);
  }
  std::string from;
  overlay.scan_from({}, as_bytes("c"), [&](ByteSpan key, const Bytes&) {
    from += as_text(key);
    return true;
  });
  EXPECT_EQ(from, "cde");
}

// Any changes in two layers look like the same changes in one table, before and after they are
// written.
TEST(Overlay, BehavesLikeOneTable) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    MemoryStore store;
    HotTable model;
    auto change = [&](auto& target, Batch* batch) {
      Bytes key(1 + random() % 3, 0);
      for (uint8_t& byte : key) byte = static_cast<uint8_t>(random() % 3);
      Batch one;
      switch (random() % 4) {
        case 0:
          one.remove(key);
          break;
        case 1:
          key.resize(1);
          one.remove_prefix(key);
          break;
        default:
          one.put(key, {static_cast<uint8_t>(random())});
      }
      const HotOp& op = one.hot[0];
      model.apply(one.hot);
      if (batch) {
        batch->hot.push_back(op);
      } else if (auto* put = std::get_if<Put>(&op)) {
        target.put(put->key, put->value);
      } else if (auto* erase = std::get_if<Delete>(&op)) {
        target.erase(erase->key);
      } else {
        target.erase_prefix(std::get_if<DeletePrefix>(&op)->prefix);
      }
    };
    auto same = [&](const Overlay& overlay) {
      HotTable::Map seen;
      overlay.scan({}, [&](ByteSpan key, const Bytes& value) {
        EXPECT_TRUE(seen.emplace(to_bytes(key), value).second);
        return true;
      });
      EXPECT_EQ(seen, model.entries());
    };
    Overlay dummy(store);
    Batch base;
    for (int i = 0; i < 8; ++i) change(dummy, &base);
    ASSERT_TRUE(store.apply(base).ok());
    Overlay parent(store);
    for (int i = 0; i < 8; ++i) change(parent, nullptr);
    same(parent);
    Overlay child(parent);
    for (int i = 0; i < 8; ++i) change(child, nullptr);
    same(child);
    child.commit_to_parent();
    same(parent);
    Batch batch;
    parent.write_to(batch);
    ASSERT_TRUE(store.apply(batch).ok());
    EXPECT_EQ(store.hot().entries(), model.entries());
  }
}

}  // namespace
}  // namespace mica::views
