/** The port that the router listens on (pkg/constants/constants.go, `RouterPort`). */
export const ROUTER_PORT = 8080;

/** The port that the Service answers on (pkg/constants/constants.go, `CommonDefaultHttpPort`). */
export const SERVICE_PORT = 80;

/** The name of the router's port, by which service meshes know its protocol. */
export const PORT_NAME = 'http';
