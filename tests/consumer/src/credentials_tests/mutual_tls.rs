//! A certificate of the client, together with a key.

use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use bytes::Bytes;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

use super::api::App;
use super::authorization_server::AuthorizationServer;
use crate::credentials::client::{Client, reqwest};
use crate::credentials::server::ClientCertificate;

/// Ends TLS; a client may come without a certificate, but not with one of another authority.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = Certificate;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, _)) = self.listener.accept().await else { continue };
            let Ok(stream) = self.acceptor.accept(stream).await else { continue };
            let found = stream.get_ref().1.peer_certificates().and_then(|all| all.first());
            let certificate = Certificate(found.map(|der| Bytes::copy_from_slice(der)));
            return (stream, certificate);
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        Ok(Certificate(None))
    }
}

/// The verified certificate of a connection.
#[derive(Debug, Clone)]
struct Certificate(Option<Bytes>);

impl Connected<IncomingStream<'_, Tls>> for Certificate {
    fn connect_info(stream: IncomingStream<'_, Tls>) -> Self {
        stream.remote_addr().clone()
    }
}

/// Hands the certificate to the generated server.
async fn with_certificate(
    ConnectInfo(Certificate(found)): ConnectInfo<Certificate>,
    mut request: axum::extract::Request,
    next: axum::middleware::Next,
) -> axum::response::Response {
    if let Some(der) = found {
        request.extensions_mut().insert(ClientCertificate(der));
    }
    next.run(request).await
}

struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap() }
    }

    fn issue(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &self.issuer).unwrap();
        (certificate, key)
    }

    fn identity(&self) -> reqwest::Identity {
        let (certificate, key) = self.issue("device");
        reqwest::Identity::from_pem((key.serialize_pem() + &certificate.pem()).as_bytes()).unwrap()
    }

    fn root(&self) -> reqwest::Certificate {
        reqwest::Certificate::from_pem(self.issuer.pem().as_bytes()).unwrap()
    }

    async fn serve(&self, app: App) -> String {
        let (certificate, key) = self.issue("localhost");
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).unwrap();
        // Other packages of the workspace bring another provider, so the default is ambiguous.
        let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        let verifier = verifier.allow_unauthenticated().build().unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_client_cert_verifier(verifier);
        let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}/v1", listener.local_addr().unwrap().port());
        let tls = Tls { listener, acceptor: TlsAcceptor::from(Arc::new(config)) };
        let router = app.router().layer(axum::middleware::from_fn(with_certificate));
        let service = router.into_make_service_with_connect_info::<Certificate>();
        tokio::spawn(async move { axum::serve(tls, service).await });
        url
    }
}

#[tokio::test]
async fn a_certificate_and_a_key_let_in_together() {
    let authority = Authority::new();
    let url = authority.serve(App::new(AuthorizationServer::default())).await;
    let builder = || Client::builder().base_url(&url).root_certificate(authority.root());
    let refused = async |client: Client| client.put_device().await.unwrap_err().status().map(|s| s.as_u16());

    let both = builder().device(authority.identity()).device_key("device-key-secret").build().unwrap();
    both.put_device().await.unwrap();
    let wrong = builder().device(authority.identity()).device_key("wrong").build().unwrap();
    assert_eq!(refused(wrong).await, Some(401));
    let key_alone = builder().device_key("device-key-secret").build().unwrap();
    assert_eq!(refused(key_alone).await, Some(401));
    let certificate_alone = builder().device(authority.identity()).build().unwrap();
    assert_eq!(refused(certificate_alone).await, None, "nothing is sent");
    let stranger = builder().device(Authority::new().identity()).device_key("device-key-secret").build().unwrap();
    assert_eq!(refused(stranger).await, None, "no connection is made");
}
