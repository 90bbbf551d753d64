import { arn, arnOr, type Call, type Found, type Input, listIn, recordIn, textIn } from "./call.ts";
import type { ServiceCalls, Wanted } from "./service-calls.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const dynamodb: ServiceCalls = {
  prefix: "dynamodb",
  areAlternatives: true,
  readers: {
    table: ({ input, place }) => {
      if (textIn(input, "IndexName") !== undefined) return [];
      const named = textIn(input, "TableName") ?? textIn(input, "ResourceArn");
      if (named?.startsWith("arn:") === true && named.includes("/stream/")) return [];
      return named === undefined
        ? tablesOf(input).map((name) => tableArn(name, place))
        : [tableArn(named, place)];
    },
    // A query of an index concerns the index alone.
    index: ({ input, place }) => {
      const index = textIn(input, "IndexName");
      const table = textIn(input, "TableName");
      return index === undefined || table === undefined ? [] : [`${tableArn(table, place)}/index/${index}`];
    },
    stream: ({ input }) => {
      const named = textIn(input, "StreamArn") ?? textIn(input, "ResourceArn");
      return named === undefined || !named.includes("/stream/") ? [] : [named];
    },
  },
  whole: {
    TransactWriteItems: ({ input, place }) => transactionOf(listIn(input, "TransactItems"), place, writes),
    TransactGetItems: ({ input, place }) => transactionOf(listIn(input, "TransactItems"), place, reads),
    ExecuteStatement: ({ input, place }) => statementsOf([input], place),
    BatchExecuteStatement: ({ input, place }) => statementsOf(listIn(input, "Statements"), place),
    ExecuteTransaction: ({ input, place }) => statementsOf(listIn(input, "TransactStatements"), place),
  },
};

/** Reading a stream: the same prefix, another API. */
export const dynamodbStreams: ServiceCalls = {
  prefix: "dynamodb",
  areAlternatives: true,
  readers: {
    stream: ({ input }): Found => {
      // The iterator was given for a stream that the caller named; it does not say which.
      if (textIn(input, "ShardIterator") !== undefined) return streamOf(textIn(input, "ShardIterator") ?? "");
      return arnOr(textIn(input, "StreamArn"), (name) => name);
    },
  },
};

/** `arn:aws:dynamodb:…/stream/…|1|AAAA…`, as DynamoDB's iterators begin. */
function streamOf(iterator: string): Found {
  const stream = iterator.split("|")[0] ?? "";
  return stream.startsWith("arn:") ? [stream] : undefined;
}

const writes = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
};
const reads = { Get: "GetItem" };

type Place = Call["place"];

function tableArn(table: string, place: Place): string {
  return table.startsWith("arn:") ? table : arn("dynamodb", place, `table/${table}`);
}

/** BatchGetItem and BatchWriteItem name tables as keys. */
function tablesOf(input: Input): readonly string[] {
  return Object.keys(recordIn(input["RequestItems"]));
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
function transactionOf(
  items: readonly unknown[],
  place: Place,
  actions: Readonly<Record<string, string>>,
): readonly Wanted[] | undefined {
  const wanted = items.map((item) => {
    const parts = Object.entries(recordIn(item)).filter(([, part]) => part !== undefined);
    const [kind = "", part] = parts[0] ?? [];
    const action = actions[kind];
    const table = textIn(part, "TableName");
    if (parts.length !== 1 || action === undefined || table === undefined) return undefined;
    return { action: `dynamodb:${action}`, arn: tableArn(table, place) };
  });
  return wanted.every((one) => one !== undefined) ? wanted : undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html */
function statementsOf(statements: readonly unknown[], place: Place): readonly Wanted[] | undefined {
  const wanted = statements.map((each) => statementOf(textIn(each, "Statement") ?? "", place));
  return wanted.every((one) => one !== undefined) ? wanted : undefined;
}

const verbs: Readonly<Record<string, RegExp>> = {
  PartiQLSelect: /^\s*SELECT\s[^;]*?\sFROM\s+"?([\w.-]+?)"?(?:\."([\w.-]+)")?(?:\s|$)/i,
  PartiQLInsert: /^\s*INSERT\s+INTO\s+"?([\w.-]+?)"?\s/i,
  PartiQLUpdate: /^\s*UPDATE\s+"?([\w.-]+?)"?\s/i,
  PartiQLDelete: /^\s*DELETE\s+FROM\s+"?([\w.-]+?)"?\s/i,
};

function statementOf(text: string, place: Place): Wanted | undefined {
  // Text in quotes could hold a keyword before the real one.
  if (/'[^']*\bFROM\b/i.test(text)) return undefined;
  for (const [action, pattern] of Object.entries(verbs)) {
    const [, table, index] = pattern.exec(text.length > 8192 ? "" : text) ?? [];
    if (table !== undefined) {
      const whole = tableArn(table, place);
      return { action: `dynamodb:${action}`, arn: index === undefined ? whole : `${whole}/index/${index}` };
    }
  }
  return undefined;
}
