#include "server/protection/cpix.h"

#include "server/protection/cpixcrypto.h"
#include "server/protection/keytext.h"

namespace marea::server {
namespace {

constexpr std::string_view aes256Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";
constexpr std::string_view rsaOaep = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
constexpr std::string_view hmacSha512 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512";

// XML Encryption: what `algorithm` made of it, in base64.
std::string encryptedXml(std::string_view algorithm, std::string_view bytes) {
    return "<enc:EncryptionMethod Algorithm=\"" + std::string(algorithm) + "\"/><enc:CipherData><enc:CipherValue>" +
           base64Text(bytes) + "</enc:CipherValue></enc:CipherData>";
}

std::string secretXml(const std::string& inner) {
    return "<Data><pskc:Secret>" + inner + "</pskc:Secret></Data>";
}

std::string plainXml(const Key128& key) {
    return secretXml("<pskc:PlainValue>" + base64Text(bytesView(key)) + "</pskc:PlainValue>");
}

std::string sealedXml(const CpixCrypto& crypto, const Key128& key) {
    const std::string sealed = crypto.sealed(bytesView(key));
    return secretXml("<pskc:EncryptedValue>" + encryptedXml(aes256Cbc, sealed) +
                     "</pskc:EncryptedValue><pskc:ValueMAC>" + base64Text(crypto.mac(sealed)) + "</pskc:ValueMAC>");
}

std::string deliveryXml(const CpixCrypto& crypto) {
    return "<DeliveryDataList><DeliveryData><DeliveryKey><ds:X509Data><ds:X509Certificate>" +
           base64Text(crypto.certificate()) + "</ds:X509Certificate></ds:X509Data></DeliveryKey>" +
           "<DocumentKey Algorithm=\"" + std::string(aes256Cbc) + "\">" +
           secretXml("<pskc:EncryptedValue>" + encryptedXml(rsaOaep, crypto.wrappedDocumentKey()) +
                     "</pskc:EncryptedValue>") +
           "</DocumentKey><MACMethod Algorithm=\"" + std::string(hmacSha512) + "\"><pskc:MACKey>" +
           encryptedXml(rsaOaep, crypto.wrappedMacKey()) +
           "</pskc:MACKey></MACMethod></DeliveryData></DeliveryDataList>\n";
}

// cbcs has one vector for all of a key's samples, which FairPlay's licences carry.
std::string keyXml(const CpixKey& key, const std::string& data) {
    const std::string vector = key.scheme == ProtectionScheme::Cbcs
                                   ? " explicitIV=\"" + base64Text(bytesView(constantVector(key.key.value))) + "\""
                                   : "";
    return "<ContentKey kid=\"" + uuidText(key.key.id) + "\" commonEncryptionScheme=\"" + name(key.scheme) + "\"" +
           vector + ">" + data + "</ContentKey>\n";
}

std::string element(const char* tag, const std::string& attributes, std::string_view bytes) {
    return "<" + std::string(tag) + attributes + ">" + base64Text(bytes) + "</" + tag + ">";
}

std::string systemXml(OutsideSystem system, const OutsideKey& key, std::string_view provider) {
    std::string xml = "<DRMSystem systemId=\"" + uuidText(systemId(system)) + "\" kid=\"" + uuidText(key.id) + "\">";
    if (const auto box = protectionSystem(system, key, provider)) {
        xml += element("PSSH", "", protectionBox(*box)) +
               element("ContentProtectionData", "", dashContent(system, key, provider));
    }
    const std::string attributes = hlsAttributes(system, key, provider);
    return xml + element("HLSSignalingData", " playlist=\"master\"", "#EXT-X-SESSION-KEY:" + attributes) +
           element("HLSSignalingData", " playlist=\"media\"", "#EXT-X-KEY:" + attributes) + "</DRMSystem>\n";
}

std::string systemsXml(const CpixContent& content) {
    const OutsideSystems all{{std::begin(kOutsideSystems), std::end(kOutsideSystems)}, content.widevineProvider};
    std::string xml = "<DRMSystemList>\n";
    for (const CpixKey& key : content.keys) {
        for (const OutsideSystem system : all.of(key.scheme))
            xml += systemXml(system, {key.scheme, key.key.id, content.id}, content.widevineProvider);
    }
    return xml + "</DRMSystemList>\n";
}

// `crypto` null: in the clear.
std::string document(const CpixContent& content, const CpixCrypto* crypto) {
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CPIX xmlns=\"urn:dashif:org:cpix\" "
        "xmlns:pskc=\"urn:ietf:params:xml:ns:keyprov:pskc\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
        "xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\" contentId=\"" +
        xmlText(content.id) + "\" version=\"2.3\">\n" + (crypto ? deliveryXml(*crypto) : "") + "<ContentKeyList>\n";
    for (const CpixKey& key : content.keys)
        xml += keyXml(key, crypto ? sealedXml(*crypto, key.key.value) : plainXml(key.key.value));
    return xml + "</ContentKeyList>\n" + systemsXml(content) + "</CPIX>\n";
}

}  // namespace

std::string cpixInTheClear(const CpixContent& content) {
    return document(content, nullptr);
}

core::Result<std::string> cpixFor(const CpixContent& content, std::string_view certificate) {
    const auto crypto = CpixCrypto::of(certificate);
    if (!crypto)
        return core::unexpected<core::Error>(crypto.error());
    return document(content, &*crypto);
}

}  // namespace marea::server
