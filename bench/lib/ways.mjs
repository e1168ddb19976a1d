/** The ways to reach the gateway. Servers are compared within one of them. */
export const WAYS = {
  kept: 'Kept connections to PayAPI (PAYAPI_KEEP_ALIVE=all)',
  fresh: 'A fresh connection for each call, as shipped',
  tls: 'A fresh connection over TLS for each call, sessions resumed',
}
