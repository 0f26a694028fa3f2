#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "core/io/sealedfile.h"

namespace marea::core {

// Originals that lie on the disk encrypted: "film.mkv.sealed" in the format of core/io/sealedfile.h stands for a
// "film.mkv", under whose name everybody asks for it.

constexpr std::string_view kSealedSuffix = ".sealed";
constexpr std::uint32_t kSealedChunk = 64 * 1024;  // of every original, so that sizes are known without reading

// "film.mkv.sealed" → "film.mkv"; empty: it is no such name.
std::string_view withoutSealedSuffix(std::string_view name);
// How long what is in a sealed original is, by the size of its file; nullopt: it is none of that size.
std::optional<std::uint64_t> clearSizeOfSealed(std::uint64_t fileSize);

using SealId = std::array<std::uint8_t, 16>;

// What opens a sealed file; shared by its handles.
struct FileSeal {
    SealedHeader header;
    std::string secret;
    FileSeal(const SealedHeader& ofFile, std::string itsSecret) : header(ofFile), secret(std::move(itsSecret)) {}
    FileSeal(const FileSeal&) = delete;
    FileSeal& operator=(const FileSeal&) = delete;
    ~FileSeal();
};

// Where secrets of sealed files are kept. Calls may block; thread-safe.
class SealSecrets {
public:
    virtual ~SealSecrets() = default;
    // Unavailable: it is not to be had.
    virtual Result<std::string> secretOf(const SealId& id) = 0;
};

// openBeneath(), or where only the sealed file of that name lies there, that one with its seal.
// Unavailable: its key is not to be had (`secrets` null: there are none). Corrupt: the file is damaged, or cut off, or
// the key is another one.
Result<FileHandle> openOriginal(const FileHandle& root, std::string_view relative, SealSecrets* secrets);
// An open sealed file, with its seal.
Result<FileHandle> openSealed(FileHandle file, SealSecrets* secrets);

// What is in a file, from any place, whether it is sealed or not; holds one chunk. Does not own the descriptor and does
// not touch its offset. One thread.
class ClearReader {
public:
    static Result<ClearReader> create(int descriptor, std::shared_ptr<const FileSeal> seal);
    static Result<ClearReader> create(const FileHandle& file) { return create(file.get(), file.seal()); }

    // Fewer bytes than `count` only at the end of the file. Corrupt: a chunk is not what was sealed there.
    Result<std::size_t> read(std::uint64_t offset, void* to, std::size_t count);

private:
    ClearReader(int descriptor, std::shared_ptr<const FileSeal> seal, std::optional<SealedChunks> chunks)
        : descriptor_(descriptor), seal_(std::move(seal)), chunks_(std::move(chunks)) {}
    Result<void> load(std::uint64_t number);

    int descriptor_;
    std::shared_ptr<const FileSeal> seal_;
    std::optional<SealedChunks> chunks_;
    std::optional<std::uint64_t> loaded_;
    std::string clear_;
};

// The same of a descriptor as it is: pread(2) until `count` bytes are there or the file ends.
Result<std::size_t> readAt(int descriptor, std::uint64_t offset, void* to, std::size_t count);

// The whole of a sealed file with `clear` in it, which is small, under a salt of its own.
Result<std::string> sealedWhole(std::string_view clear, const SealId& id, std::string_view secret);

// The ciphers find out what the machine has when they are first used, by means that a locked-down process has not.
void prepareSeals();

}  // namespace marea::core
