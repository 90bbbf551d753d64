/** Who answers the operations of one service. */
export interface ServiceCoverage {
  /** Folder of the service's model in botocore. */
  readonly name: string;
  readonly own: readonly string[];
  readonly moto: readonly string[];
  readonly missing: readonly string[];
}

/** `methods` are those of moto's response classes: an operation is moto's where one has its name. */
export function serviceCoverage(
  name: string,
  operations: readonly string[],
  own: readonly string[],
  methods: readonly string[],
): ServiceCoverage {
  const known = new Set(methods.map((method) => method.replaceAll("_", "")));
  const rest = operations.filter((operation) => !own.includes(operation));
  return {
    name,
    own: operations.filter((operation) => own.includes(operation)),
    moto: rest.filter((operation) => known.has(operation.toLowerCase())),
    missing: rest.filter((operation) => !known.has(operation.toLowerCase())),
  };
}
