/** The machine lacks something that the run needs; neither the input nor appdeploy is at fault. */
export class EnvironmentError extends Error {}
