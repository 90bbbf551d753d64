/** The parts of a botocore service model (`service-2.json`) that the wire formats need. */
export interface ServiceModel {
  /** Folder in botocore's data, e.g. `cloudfront-keyvaluestore`. */
  readonly name: string;
  readonly metadata: Metadata;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

interface Metadata {
  readonly apiVersion: string;
  readonly endpointPrefix: string;
  readonly protocol: string;
  readonly jsonVersion?: string;
  readonly targetPrefix?: string;
  readonly signingName?: string;
  readonly xmlNamespace?: string;
  readonly awsQueryCompatible?: object;
}

export interface OperationModel {
  readonly name: string;
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: ShapeRef;
  readonly output?: ShapeRef;
  readonly errors?: readonly ShapeRef[];
  /** `none` for what AWS answers without a signature. */
  readonly authtype?: string;
}

export interface ShapeRef {
  readonly shape: string;
  readonly location?: "header" | "headers" | "querystring" | "statusCode" | "uri";
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: TimestampFormat;
  readonly xmlAttribute?: boolean;
  readonly xmlNamespace?: { readonly uri: string; readonly prefix?: string };
  readonly resultWrapper?: string;
}

export type TimestampFormat = "iso8601" | "rfc822" | "unixTimestamp";

export type Shape = StructureShape | ListShape | MapShape | ScalarShape;

export interface StructureShape {
  readonly type: "structure";
  readonly members: Readonly<Record<string, ShapeRef>>;
  readonly required?: readonly string[];
  readonly payload?: string;
  readonly document?: boolean;
  readonly exception?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
  readonly locationName?: string;
}

export interface ListShape {
  readonly type: "list";
  readonly member: ShapeRef;
  readonly flattened?: boolean;
}

export interface MapShape {
  readonly type: "map";
  readonly key: ShapeRef;
  readonly value: ShapeRef;
  readonly flattened?: boolean;
}

export interface ScalarShape {
  readonly type: "string" | "boolean" | "integer" | "long" | "float" | "double" | "timestamp" | "blob";
  readonly timestampFormat?: TimestampFormat;
}

/** The model contradicts itself, or a name asked of it is not in it: our bug, or a broken botocore. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

export function shapeOf(model: ServiceModel, ref: ShapeRef): Shape {
  const shape = model.shapes[ref.shape];
  if (shape === undefined) throw new ModelError(`${model.name}: no shape ${ref.shape}`);
  return shape;
}

/** The structure a reference names; operations' inputs, outputs and errors are always structures. */
export function structureOf(model: ServiceModel, ref: ShapeRef): StructureShape {
  const shape = shapeOf(model, ref);
  if (shape.type !== "structure") throw new ModelError(`${model.name}: ${ref.shape} is no structure`);
  return shape;
}

/** The name under which calls of the service are signed. */
export function signingName(model: ServiceModel): string {
  return model.metadata.signingName ?? model.metadata.endpointPrefix;
}
