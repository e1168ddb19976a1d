import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Takes a folder; makes a certificate for loopback there. Returns key and certificate (PEM) and the certificate's file. */
export function makeCertificate(folder) {
  const [keyFile, certFile] = [join(folder, 'stub.key'), join(folder, 'stub.crt')]
  const made = spawnSync('openssl', [
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'.split(' '),
    ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-keyout', keyFile, '-out', certFile],
  ])
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr ?? made.error?.message}`)
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile }
}
