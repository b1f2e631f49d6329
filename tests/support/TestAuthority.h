#pragma once
/// A certificate authority of the test's own (OpenSSL, P-256), and servers' certificates signed by it, as PEM files in
/// a folder of the test's. Not thread-safe.

#include <Poco/Net/Context.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace tests {

class TestAuthority {
public:
    explicit TestAuthority(std::filesystem::path folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        key_ = newKey();
        certificate_ = make("Test authority", key_.get(), "", -1, 30, true);
        writeCertificate("ca.pem", certificate_.get());
    }

    std::string caFile() const { return (folder_ / "ca.pem").string(); }

    /// \param san e.g. "DNS:localhost,IP:127.0.0.1"; validity in days from now
    Poco::Net::Context::Ptr serverContext(const std::string& san, int fromDay = -1, int toDay = 20) {
        const auto key = newKey();
        const auto certificate = make("server", key.get(), san, fromDay, toDay, false);
        const std::string name = "server" + std::to_string(++issued_);
        writeCertificate(name + ".pem", certificate.get());
        {
            const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new_file((folder_ / (name + ".key")).c_str(), "w"),
                                                          &BIO_free);
            if (!out || PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
                fail();
        }
        Poco::Net::Context::Params params;
        params.privateKeyFile = (folder_ / (name + ".key")).string();
        params.certificateFile = (folder_ / (name + ".pem")).string();
        params.verificationMode = Poco::Net::Context::VERIFY_NONE;
        Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params);
        context->enableSessionCache(true, "tests");
        return context;
    }

private:
    using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
    using Certificate = std::unique_ptr<X509, void (*)(X509*)>;

    [[noreturn]] static void fail() { throw std::runtime_error("OpenSSL could not make a test certificate"); }
    static Key newKey() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

    Certificate make(const std::string& name, EVP_PKEY* key, const std::string& san, int fromDay, int toDay,
                     bool authority) {
        Certificate certificate(X509_new(), &X509_free);
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial_);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), fromDay * 86400L);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), toDay * 86400L);
        X509_set_pubkey(certificate.get(), key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509* const issuer = authority ? certificate.get() : certificate_.get();
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
        extend(certificate.get(), issuer, NID_basic_constraints, authority ? "critical,CA:TRUE" : "CA:FALSE");
        if (authority) extend(certificate.get(), issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
        if (!san.empty()) extend(certificate.get(), issuer, NID_subject_alt_name, san);
        if (X509_sign(certificate.get(), authority ? key : key_.get(), EVP_sha256()) == 0) fail();
        return certificate;
    }
    static void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
        if (extension == nullptr) fail();
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    void writeCertificate(const std::string& name, X509* certificate) const {
        const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new_file((folder_ / name).c_str(), "w"), &BIO_free);
        if (!out || PEM_write_bio_X509(out.get(), certificate) != 1) fail();
    }

    std::filesystem::path folder_;
    Key key_{nullptr, &EVP_PKEY_free};
    Certificate certificate_{nullptr, &X509_free};
    long serial_ = 0;
    int issued_ = 0;
};

}  // namespace tests
