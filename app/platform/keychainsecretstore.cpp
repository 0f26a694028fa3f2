#include "app/platform/keychainsecretstore.h"

#include <qt6keychain/keychain.h>

#include <memory>

namespace marea::app {
namespace {

const QString kService = QStringLiteral("marea");

core::Error toError(const QKeychain::Job& job) {
    const bool missing = job.error() == QKeychain::EntryNotFound;
    return {missing ? core::ErrorCode::NotFound : core::ErrorCode::Unavailable, job.errorString().toStdString(),
            missing ? "There is no saved sign-in." : "This system has no keychain to keep the sign-in in."};
}

// Runs `job` (which deletes itself) and answers with `value(job)`.
template <class T, class J, class F>
Reply<T> run(J* job, F value) {
    auto promise = std::make_shared<QPromise<core::Result<T>>>();
    promise->start();
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, job, value](QKeychain::Job*) {
        if (job->error() == QKeychain::NoError)
            promise->addResult(core::Result<T>(value(*job)));
        else
            promise->addResult(core::Result<T>(tl::unexpect, toError(*job)));
        promise->finish();
    });
    auto future = promise->future();
    job->start();
    return future;
}

}  // namespace

Reply<QString> KeychainSecretStore::read(const QString& key) {
    auto* job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(key);
    return run<QString>(job, [](auto& done) { return done.textData(); });
}

Reply<bool> KeychainSecretStore::write(const QString& key, const QString& secret) {
    auto* job = new QKeychain::WritePasswordJob(kService);
    job->setKey(key);
    job->setTextData(secret);
    return run<bool>(job, [](auto&) { return true; });
}

void KeychainSecretStore::remove(const QString& key) {
    auto* job = new QKeychain::DeletePasswordJob(kService);
    job->setKey(key);
    job->setInsecureFallback(false);
    job->start();
}

}  // namespace marea::app
