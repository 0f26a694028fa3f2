#pragma once

#include <string>
#include <utility>

namespace marea::server {

// Notices that the files of a certificate and its key were replaced or written. One thread.
class CertificateWatch {
public:
    CertificateWatch(std::string certificateFile, std::string keyFile);
    // Whether they are others than at the start, or than when a change was taken().
    bool changed() const { return look() != seen_; }
    void taken() { seen_ = look(); }

private:
    std::string look() const;  // what tells one state of the files from another

    std::string certificateFile_, keyFile_, seen_;
};

}  // namespace marea::server
