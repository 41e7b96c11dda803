/**
 * How bad a finding is.
 */
export enum Severity {
  /** KServe refuses the object, no request can ever succeed or reach that step, or two fields contradict each other. */
  ERROR = 'error',
  /** Legal, and almost surely not meant. */
  WARNING = 'warning',
  /** Good to know. */
  INFO = 'info',
}
