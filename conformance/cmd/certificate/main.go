// The program certificate writes tls.crt and tls.key into a folder: a certificate for 127.0.0.1, with which KServe's webhook server serves and
// the API server signs the tokens of service accounts. It is self-signed, or, with -authority, signed by the authority whose certificate is
// ca.crt. All last for one test.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

func main() {
	authority := flag.Bool("authority", false, "let an authority of its own sign the certificate, and write ca.crt")
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: certificate [-authority] FOLDER") }
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := write(flag.Arg(0), *authority); err != nil {
		fmt.Fprintln(os.Stderr, "certificate:", err)
		os.Exit(1)
	}
}

func write(folder string, authority bool) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	server := template("cdk8s-kserve conformance")
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	files := map[string]*pem.Block{}
	parent, signer := server, key
	if authority {
		if signer, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return err
		}
		parent = template("cdk8s-kserve conformance authority")
		certify(parent)
		own, err := x509.CreateCertificate(rand.Reader, parent, parent, signer.Public(), signer)
		if err != nil {
			return err
		}
		files["ca.crt"] = &pem.Block{Type: "CERTIFICATE", Bytes: own}
	} else {
		certify(server)
	}
	certificate, err := x509.CreateCertificate(rand.Reader, server, parent, key.Public(), signer)
	if err != nil {
		return err
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	files["tls.crt"] = &pem.Block{Type: "CERTIFICATE", Bytes: certificate}
	files["tls.key"] = &pem.Block{Type: "EC PRIVATE KEY", Bytes: private}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, block := range files {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func template(name string) *x509.Certificate {
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    now.Add(-time.Hour), // clocks differ
		NotAfter:     now.AddDate(0, 1, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
}

// certify lets a certificate sign others, or itself.
func certify(certificate *x509.Certificate) {
	certificate.IsCA = true
	certificate.BasicConstraintsValid = true
	certificate.KeyUsage |= x509.KeyUsageCertSign
}
