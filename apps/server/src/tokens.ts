/** What Nest injects as the service behind the routes. */
export const SERVICE = Symbol('Service');
