import { expect, it } from 'vitest';
import { commentsOf } from './header_comments.mjs';

const header = `// What this file is.
#pragma once

namespace mica::app {

#define MICA_KEY(Name) \\
  struct Name {        \\
    int hidden;        \\
  };
MICA_KEY(Key)  // a name

// --- inward ---

// Two of a kind: both
// are paid.
struct Pair {
  using Result = int;  // not a member
  // The first.
  uint32_t first = 0;
  std::vector<std::pair<A, B>> second{};  // after the first,
                                          // never before
  uint64_t plain;
  MICA_FIELDS(Pair, first, second, plain)
  // Of both.
  int sum() const {
    int local = first;  // no member
    return local;
  }
};

// One of two.
struct Choice {
  struct Left {  // to the left
    Amount amount;  // in attos
    MICA_NEWTYPE(Left, amount)
  };
  // To the right.
  struct Right {
    MICA_UNIT(Right)
  };
  std::variant<Left, Right> kind;
  MICA_ENUM(Choice, kind)
};

// Warm or cold.
MICA_CHOICE(Weather, Warm, Cold)
struct Bare {};
}  // namespace mica::app
`;

const plain = ({ text, members }) =>
  members.size > 0 ? [text, Object.fromEntries([...members].map(([k, v]) => [k, plain(v)]))] : text;

it('reads what stands over and behind types, members and alternatives, and nothing else', () => {
  const types = Object.fromEntries([...commentsOf([header])].map(([k, v]) => [k, plain(v)]));
  expect(types).toEqual({
    Key: 'a name',
    Pair: [
      'Two of a kind: both are paid.',
      { first: 'The first.', second: 'after the first, never before', plain: '' },
    ],
    Choice: [
      'One of two.',
      { Left: ['to the left', { amount: 'in attos' }], Right: 'To the right.', kind: '' },
    ],
    Weather: 'Warm or cold.',
    Bare: '',
  });
});
