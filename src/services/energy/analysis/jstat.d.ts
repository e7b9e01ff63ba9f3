/** The part of jStat that is used here; the package brings no types. */
declare module 'jstat' {
  const jstat: {
    models: {
      /** Ordinary least squares; `exog` has a column for each coefficient. */
      ols(endog: readonly number[], exog: readonly (readonly number[])[]): { coef: number[] };
    };
    /** Student's t. */
    studentt: { inv(probability: number, degreesOfFreedom: number): number };
  };
  export default jstat;
}
