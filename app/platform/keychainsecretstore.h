#pragma once

#include "app/api/secretstore.h"

namespace marea::app {

// The system's keychain (Secret Service, KWallet, macOS Keychain, Windows Credential Store) by QtKeychain. Never falls
// back to a file.
class KeychainSecretStore final : public SecretStore {
public:
    Reply<QString> read(const QString& key) override;
    Reply<bool> write(const QString& key, const QString& secret) override;
    void remove(const QString& key) override;
};

}  // namespace marea::app
