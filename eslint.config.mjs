// Lint for all TypeScript and for the tools.
import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

const branded = 'Amount|BlockHeight|ChainId|CryptoHash|Timestamp';

export default ts.config(
  { ignores: ['build/**', '**/node_modules/**', 'js-bindings/bindings/generated/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    plugins: { 'react-hooks': hooks },
    rules: {
      // The type checker knows better which names exist.
      'no-undef': 'off',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'react-hooks/rules-of-hooks': 'error',
      eqeqeq: ['error', 'smart'],
    },
  },
  {
    // The product waits for events. What is to be done at a time goes through one helper, by which
    // its owner takes it back.
    files: ['{extension,web,js-bindings,devnet,storage-idb}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', 'js-bindings/bindings/src/wake.ts'],
    languageOptions: { globals: { self: 'readonly', window: 'readonly' } },
    rules: {
      'no-restricted-globals': [
        'error',
        {
          globals: ['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({
            name,
            message: 'Wait for an event, or set a time with @mica/bindings/wake.',
          })),
          checkGlobalObject: true,
        },
      ],
    },
  },
  {
    // One constructor makes each value that must not be taken for another, and checks it.
    files: ['**/*.{ts,tsx}'],
    ignores: ['js-bindings/bindings/src/codec/scalars.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `TSAsExpression > TSTypeReference[typeName.name=/^(${branded})$/]`,
          message: 'Make it by @mica/bindings/scalars, or from text.',
        },
      ],
    },
  },
);
