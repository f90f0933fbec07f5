/** The caches on the way, shortened in one proportion from Eureka's and Spring's defaults of 30, 30 and 35 s. */
export const caches = { serverMs: 2000, fetchMs: 2000, loadBalancerMs: 2300, marginMs: 700 } as const;
