/** A path and everything below it, in the patterns of load balancers and CloudFront; `/api` does not catch `/apiary`. */
export function pathPatterns(path: string): readonly string[] {
  return path === "/" ? ["/*"] : [path, `${path}/*`];
}
