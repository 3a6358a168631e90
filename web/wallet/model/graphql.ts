// What is asked of an application by GraphQL: the question, its answer, and what may be asked.
import * as v from 'valibot';
import { cut, foreignIn, foreignLines } from '@mica/wallet-contract/foreign_text';

/** Shown of an answer; all of it can be copied. */
const MAX_SHOWN_CHARS = 100_000;
/** Types of a schema, and fields of a type, that are shown. */
const MAX_SHOWN = 200;

/** The application's text; null: the variables are no object of JSON. */
export function questionOf(query: string, variables: string): string | null {
  if (variables.trim() === '') return JSON.stringify({ query });
  try {
    const values: unknown = JSON.parse(variables);
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return null;
    return JSON.stringify({ query, variables: values });
  } catch {
    return null;
  }
}

/** Indented where it is JSON. */
export function shownAnswer(response: string): string {
  const text = cut(response, MAX_SHOWN_CHARS);
  try {
    return foreignLines(JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    return foreignLines(text);
  }
}

// --- what may be asked ---------------------------------------------------------------------------

const DEEP = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
/** GraphQL's own question for its types. */
export const INTROSPECTION = `{ __schema { queryType { name } mutationType { name } types {
  kind name description
  fields { name description args { name type { ${DEEP} } } type { ${DEEP} } }
  inputFields { name type { ${DEEP} } } enumValues { name } } } }`;

export interface SchemaField {
  name: string;
  /** "(value: Int!)", or nothing. */
  args: string;
  type: string;
  description: string;
}
interface SchemaType {
  name: string;
  description: string;
  fields: SchemaField[];
}
export interface Schema {
  queries: SchemaField[];
  mutations: SchemaField[];
  /** The types that these name. */
  types: SchemaType[];
}

interface TypeRef {
  kind: string;
  name?: string | null | undefined;
  ofType?: TypeRef | null | undefined;
}
const typeRef: v.GenericSchema<TypeRef> = v.object({
  kind: v.string(),
  name: v.nullish(v.string()),
  ofType: v.nullish(v.lazy(() => typeRef)),
});
const described = { name: v.string(), description: v.nullish(v.string(), '') };
const input = v.object({ name: v.string(), type: typeRef });
const introspected = v.object({
  data: v.object({
    __schema: v.object({
      queryType: v.nullish(v.object({ name: v.string() })),
      mutationType: v.nullish(v.object({ name: v.string() })),
      types: v.array(
        v.object({
          ...described,
          kind: v.string(),
          fields: v.nullish(
            v.array(v.object({ ...described, args: v.array(input), type: typeRef })),
            [],
          ),
          inputFields: v.nullish(v.array(input), []),
          enumValues: v.nullish(v.array(v.object({ name: v.string() })), []),
        }),
      ),
    }),
  }),
});
type Introspected = v.InferOutput<typeof introspected>['data']['__schema']['types'][number];

function typeText({ kind, name, ofType }: TypeRef): string {
  if (kind === 'NON_NULL' && ofType) return `${typeText(ofType)}!`;
  if (kind === 'LIST' && ofType) return `[${typeText(ofType)}]`;
  return name ?? '…';
}

function argsText(args: { name: string; type: TypeRef }[]): string {
  if (args.length === 0) return '';
  return `(${args.map(({ name, type }) => `${name}: ${typeText(type)}`).join(', ')})`;
}

function fieldsOf(type: Introspected | undefined): SchemaField[] {
  if (!type) return [];
  const plain = { args: '', description: '' };
  return [
    ...type.fields.map(({ name, args, type: its, description }) => ({
      name,
      args: argsText(args),
      type: typeText(its),
      description,
    })),
    ...type.inputFields.map(({ name, type: its }) => ({ ...plain, name, type: typeText(its) })),
    ...type.enumValues.map(({ name }) => ({ ...plain, name, type: '' })),
  ].slice(0, MAX_SHOWN);
}

/** Null: the answer is no schema. */
export function schemaOf(response: string): Schema | null {
  let answer: unknown;
  try {
    answer = JSON.parse(response);
  } catch {
    return null;
  }
  const read = v.safeParse(introspected, answer);
  if (!read.success) return null;
  const { queryType, mutationType, types } = read.output.data.__schema;
  const named = (name: string | undefined) => types.find((one) => one.name === name);
  const roots = [queryType?.name, mutationType?.name, 'EmptyMutation', 'EmptySubscription'];
  const others = types.filter(
    ({ name, kind }) => kind !== 'SCALAR' && !name.startsWith('__') && !roots.includes(name),
  );
  return foreignIn({
    queries: fieldsOf(named(queryType?.name)),
    mutations: fieldsOf(named(mutationType?.name)),
    types: others.slice(0, MAX_SHOWN).map((type) => ({
      name: type.name,
      description: type.description,
      fields: fieldsOf(type),
    })),
  });
}

// --- what was asked ------------------------------------------------------------------------------

export interface AskedQuery {
  query: string;
  variables: string;
}

const KEPT = 20;

/** The newest first, each once. */
export const remembered = (history: readonly AskedQuery[], asked: AskedQuery): AskedQuery[] =>
  [
    asked,
    ...history.filter(
      ({ query, variables }) => query !== asked.query || variables !== asked.variables,
    ),
  ].slice(0, KEPT);
