#include "core/views/overlay.h"

#include <gtest/gtest.h>

#include <memory>
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
  overlay.move_into(batch);
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
  child.commit_into(parent);
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

// Reads as its base does, and counts the entries that scans walk over.
class CountingReader final : public StateReader {
 public:
  explicit CountingReader(const StateReader& base) : base_(base) {}
  const Bytes* get(ByteSpan key) const override { return base_.get(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override {
    base_.scan_from(prefix, from, [&](ByteSpan key, const Bytes& value) {
      ++visited;
      return visit(key, value);
    });
  }
  mutable size_t visited = 0;

 private:
  const StateReader& base_;
};

Bytes number(uint32_t value) {
  Bytes key;
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<uint8_t>(value >> shift));
  return key;
}

// However much was erased below a prefix, scans pass it over in one step, from the start or from
// the middle of it, and in every layer.
TEST(Overlay, ScansDoNotWalkOverWhatWasErased) {
  constexpr uint32_t kEntries = 10'000;
  MemoryStore store;
  Batch batch;
  for (uint32_t i = 0; i < kEntries; ++i) batch.put(number(i), {1});
  ASSERT_TRUE(store.apply(batch).ok());
  CountingReader counting(store);
  Overlay lower(counting);
  lower.erase_prefix({0});
  Overlay upper(lower);
  upper.put(number(kEntries / 2), {2});
  for (uint32_t i = 0; i < 1'000; ++i) {
    size_t seen = 0;
    upper.scan_from({}, number(i), [&](ByteSpan, const Bytes&) { return ++seen, true; });
    ASSERT_EQ(seen, 1u);
  }
  EXPECT_LE(counting.visited, 1'000u);
}

TEST(Overlay, WhatComesAndGoesLeavesNothing) {
  MemoryStore store;
  Overlay block(store);
  {
    Overlay bundle(block);
    for (uint8_t i = 0; i < 100; ++i) {
      bundle.put({1, i}, {i});
      bundle.erase({1, i});
    }
    EXPECT_TRUE(bundle.empty());
    bundle.put({2}, {2});
    bundle.commit_into(block);
  }
  {
    Overlay bundle(block);
    bundle.erase({2});
    EXPECT_FALSE(bundle.empty()) << "it hides what the block has";
    EXPECT_EQ(bundle.get(ByteSpan(Bytes{2})), nullptr);
    bundle.commit_into(block);
  }
  EXPECT_TRUE(block.empty());
}

TEST(Overlay, ErasedUpToTheEndOfTheOrder) {
  MemoryStore store = store_with({{"a", "1"}, {"\xff", "2"}, {"\xff\xff\xff", "3"}});
  Overlay overlay(store);
  overlay.erase_prefix(b("\xff\xff"));
  EXPECT_EQ(listing(overlay, ""), "a=1 \xff=2 ");
  overlay.erase_prefix({});
  EXPECT_EQ(listing(overlay, ""), "");
  overlay.put(b("\xff\xff"), b("4"));
  EXPECT_EQ(listing(overlay, ""), "\xff\xff=4 ");
}

// Three layers that are made, dropped and committed at random always look like one plain table,
// read by key and scanned with any prefix from any place.
TEST(Overlay, LayersLookLikeOneTable) {
  std::mt19937 random(11);
  auto key = [&](size_t longest) {
    Bytes key(random() % (longest + 1), 0);
    for (uint8_t& byte : key) byte = std::array<uint8_t, 3>{0, 1, 0xff}[random() % 3];
    return key;
  };
  using Model = HotTable::Map;
  for (int round = 0; round < 100; ++round) {
    MemoryStore store;
    Batch batch;
    for (int i = 0; i < 40; ++i) batch.put(key(4), {static_cast<uint8_t>(i)});
    ASSERT_TRUE(store.apply(batch).ok());
    std::vector<std::unique_ptr<Overlay>> layers;
    layers.push_back(std::make_unique<Overlay>(store));
    std::vector<Model> models = {store.hot().entries()};
    for (int step = 0; step < 60; ++step) {
      Overlay& top = *layers.back();
      Model& model = models.back();
      switch (random() % 8) {
        case 0:
          if (layers.size() == 4) break;
          models.push_back(model);
          layers.push_back(std::make_unique<Overlay>(top));
          break;
        case 1:
          if (layers.size() == 1) break;
          if (random() % 2 == 0) {
            top.commit_into(*layers[layers.size() - 2]);
            models[models.size() - 2] = model;
          }
          layers.pop_back();
          models.pop_back();
          break;
        case 2: {
          const Bytes erased = key(4);
          top.erase(erased);
          model.erase(erased);
          break;
        }
        case 3: {
          const Bytes erased = key(3);
          top.erase_prefix(erased);
          std::erase_if(model, [&](auto& entry) { return starts_with(entry.first, erased); });
          break;
        }
        default: {
          const Bytes put = key(4), value{static_cast<uint8_t>(random())};
          top.put(put, value);
          model.insert_or_assign(put, value);
        }
      }
      const Bytes one = key(4), prefix = key(2), from = key(4);
      const auto found = models.back().find(one);
      const Bytes* got = layers.back()->get(one);
      ASSERT_EQ(got != nullptr, found != models.back().end());
      if (got) {
        ASSERT_EQ(*got, found->second);
      }
      std::vector<std::pair<Bytes, Bytes>> seen, expected;
      layers.back()->scan_from(prefix, from, [&](ByteSpan at, const Bytes& value) {
        return seen.emplace_back(to_bytes(at), value), true;
      });
      for (const auto& [at, value] : models.back()) {
        if (starts_with(at, prefix) && !ByteOrder{}(at, from)) expected.emplace_back(at, value);
      }
      ASSERT_EQ(seen, expected) << "round " << round << " step " << step;
    }
  }
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
    child.commit_into(parent);
    same(parent);
    Batch batch;
    parent.move_into(batch);
    ASSERT_TRUE(store.apply(batch).ok());
    EXPECT_EQ(store.hot().entries(), model.entries());
  }
}

}  // namespace
}  // namespace mica::views
