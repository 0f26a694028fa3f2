#include "server/host/certificatewatch.h"

#include <sys/stat.h>

namespace marea::server {

CertificateWatch::CertificateWatch(std::string certificateFile, std::string keyFile)
    : certificateFile_(std::move(certificateFile)), keyFile_(std::move(keyFile)), seen_(look()) {}

std::string CertificateWatch::look() const {
    std::string state;
    for (const std::string& path : {certificateFile_, keyFile_}) {
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0) {
#ifdef __APPLE__
            const timespec& written = status.st_mtimespec;
#else
            const timespec& written = status.st_mtim;
#endif
            state += std::to_string(status.st_ino) + ' ' + std::to_string(status.st_size) + ' ' +
                     std::to_string(written.tv_sec) + ' ' + std::to_string(written.tv_nsec);
        }
        state += '\n';
    }
    return state;
}

}  // namespace marea::server
