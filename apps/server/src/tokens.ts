/** What Nest injects as the service behind the routes. */
export const SERVICE = Symbol('Service');
/** Makes the OpenAPI document, when somebody first asks. */
export const DOCUMENT = Symbol('Document');
