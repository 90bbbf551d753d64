/** How often a property is tried: `npm run test:properties` asks for more than every check can afford. */
export function propertyRuns(usual: number): number {
  return Number(process.env["PROPERTY_RUNS"] ?? usual);
}
