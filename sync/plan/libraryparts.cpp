#include "sync/plan/libraryparts.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <cstddef>

#include "core/base/jsonfields.h"

namespace marea::sync {

namespace {

namespace json = core::json;
using boost::system::error_code;

constexpr std::size_t kMostOfPart = 1024 * 1024;  // bytes, roughly: a file has less than 10,000, as has an owner
constexpr std::size_t kValueBytes = 32;           // of each value of a part
constexpr std::size_t kMostMembers = 20;          // with one of more than we know it is refused, and one of them named
constexpr std::size_t kUsualEntry = 256;          // bytes of text
constexpr std::array<std::string_view, 4> kMembers{"version", "device", "owners", "files"};

// Hears what is read. One part at a time is made a tree, and taken: a member of the library file, or an entry of its
// "files". What is too large to be one is not made.
class LibraryTaker {
public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    LibraryTaker(std::size_t textBytes, std::size_t mostFiles) : mostFiles_(mostFiles) {
        files_.reserve(std::min(textBytes / kUsualEntry, mostFiles));
    }
    LibraryParts take() && {
        return {isObject_ ? json::value(std::move(members_)) : json::value(), std::move(files_), std::move(wrong_)};
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        if (level_ == 0) {
            isObject_ = true;
        } else {
            begin();
        }
        ++level_;
        return true;
    }
    bool on_object_end(std::size_t count, error_code&) {
        --level_;
        return end([&] { tree_.push_object(count); });
    }
    bool on_array_begin(error_code&) {
        if (isMember() && key_ == "files") {
            beginFiles();
        } else {
            begin();
        }
        ++level_;
        return true;
    }
    bool on_array_end(std::size_t count, error_code&) {
        --level_;
        if (inFiles_ && level_ == 1) {
            inFiles_ = false;
            return true;
        }
        return end([&] { tree_.push_array(count); });
    }
    bool on_key_part(json::string_view text, std::size_t, error_code&) {
        if (level_ == 1) {
            keyPart_.append(text.data(), text.size());
        } else if (fits(text.size())) {
            tree_.push_chars(text);
        }
        return true;
    }
    bool on_key(json::string_view text, std::size_t, error_code&) {
        if (level_ == 1) {
            key_ = std::exchange(keyPart_, {}).append(text.data(), text.size());
        } else if (fits(text.size())) {
            tree_.push_key(text);
        }
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t, error_code&) {
        beginString();
        if (fits(text.size())) {
            tree_.push_chars(text);
        }
        return true;
    }
    bool on_string(json::string_view text, std::size_t, error_code&) {
        beginString();
        inString_ = false;
        fits(text.size());
        return end([&] { tree_.push_string(text); });
    }
    bool on_number_part(json::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, error_code&) {
        begin();
        return end([&] { tree_.push_int64(number); });
    }
    bool on_uint64(std::uint64_t number, json::string_view, error_code&) {
        begin();
        return end([&] { tree_.push_uint64(number); });
    }
    bool on_double(double number, json::string_view, error_code& error) {
        if (!std::isfinite(number)) {  // as core::parseJson()
            error = json::error::exponent_overflow;
            return false;
        }
        begin();
        return end([&] { tree_.push_double(number); });
    }
    bool on_bool(bool yes, error_code&) {
        begin();
        return end([&] { tree_.push_bool(yes); });
    }
    bool on_null(error_code&) {
        begin();
        return end([&] { tree_.push_null(); });
    }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

private:
    static constexpr int kNone = -1;

    bool isMember() const { return isObject_ && level_ == 1; }
    bool isEntry() const { return inFiles_ && level_ == 2; }

    // The last of one name counts, as in a tree.
    void beginFiles() {
        inFiles_ = true;
        files_.clear();
        wrong_.reset();
        members_.insert_or_assign("files", json::array());
    }

    void begin() {
        if (isMember() || isEntry()) {
            partAt_ = level_;
            isMade_ = !(isEntry() && wrong_);
            bytes_ = 0;
            memory_.emplace(room_.data(), room_.size());  // nothing is in it
            tree_.reset(isEntry() ? json::storage_ptr(&*memory_) : json::storage_ptr());
        }
        fits(kValueBytes);
    }

    void beginString() {
        if (!inString_) {
            begin();
            inString_ = true;
        }
    }

    // Whether the part is still made, with that much more.
    bool fits(std::size_t bytes) {
        bytes_ += bytes;
        if (isMade_ && bytes_ > kMostOfPart) {
            isMade_ = false;
            tree_.reset();
        }
        return isMade_;
    }

    template <class Push>
    bool end(Push push) {
        if (isMade_) {
            push();
        }
        if (level_ == partAt_) {
            partAt_ = kNone;
            const bool isWhole = std::exchange(isMade_, false);
            if (isEntry()) {
                takeEntry(isWhole);
            } else {
                takeMember(isWhole);
            }
        }
        return true;
    }

    void takeEntry(bool isWhole) {
        if (wrong_) {
            return;
        }
        if (files_.size() == mostFiles_) {
            wrong_ = core::Error{core::ErrorCode::Unprocessable, {}, "The device's library file is too large."};
        } else if (!isWhole) {
            wrong_ = core::Error{core::ErrorCode::Invalid, {}, "The device's library file is damaged."};
        } else {
            const json::value entry = tree_.release();
            auto file = deviceFileFrom(entry);
            if (file) {
                files_.push_back(std::move(*file));
            } else {
                wrong_ = file.error();
            }
        }
        if (wrong_) {
            files_ = {};
            tree_.reset();
        }
    }

    void takeMember(bool isWhole) {
        json::value member = isWhole ? tree_.release() : json::value();
        if (members_.size() < kMostMembers || std::find(kMembers.begin(), kMembers.end(), key_) != kMembers.end()) {
            members_.insert_or_assign(key_, std::move(member));
        }
    }

    const std::size_t mostFiles_;
    json::object members_;
    std::vector<DeviceFile> files_;
    std::optional<core::Error> wrong_;
    std::string key_, keyPart_;  // of the library file's own members
    int level_ = 0;              // how many lists and objects are open
    int partAt_ = kNone;         // where the part is that is read just now
    bool isObject_ = false, inFiles_ = false, inString_ = false;
    bool isMade_ = false;    // of the part: its tree
    std::size_t bytes_ = 0;  // likewise
    alignas(std::max_align_t) std::array<unsigned char, 16 * 1024> room_ = {};
    std::optional<json::monotonic_resource> memory_;  // of an entry
    json::value_stack tree_;                          // goes before what is in the memory
};

}  // namespace

core::Result<LibraryParts> libraryParts(std::string_view text, std::size_t mostFiles) {
    json::parse_options options;
    options.max_depth = core::kMaxJsonDepth;
    json::basic_parser<LibraryTaker> parser(options, text.size(), mostFiles);
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && read < text.size()) {
        error = json::error::extra_data;
    }
    if (error) {
        return core::fail(core::ErrorCode::Invalid, "The device's library file is damaged.", error.message());
    }
    return std::move(parser.handler()).take();
}

}  // namespace marea::sync
