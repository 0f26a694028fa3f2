#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/utf8.h"

namespace marea::server {

// Two archives with the same call: `archive(a, b, c)` writes the values, or reads them back in the same order.
// Little-endian, fixed widths, lengths before strings and lists. The reader takes nothing on trust: every length is
// checked against what is left before a byte is allocated, enums against their range, doubles are finite, strings are
// UTF-8. After a failure it reads zeroes, and `ok()` says so.

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t maxWireString = 1u << 20;

// How many items a list may have: more where items take no more memory than they take bytes on the wire.
template <class T>
constexpr std::uint32_t maxWireList = 20000;

template <class E>
struct WireEnum;  // { static constexpr E last; } for each enum on the wire

// Bytes of any kind in a string, as large as the frame allows. Refers to a string that stands elsewhere.
template <class String>
struct WireBlob {
    String& bytes;
};
template <class String>
WireBlob<String> wireBlob(String& bytes) {
    return {bytes};
}

// A list of them.
template <class List>
struct WireBlobs {
    List& list;
};
template <class List>
WireBlobs<List> wireBlobs(List& list) {
    return {list};
}

class WireWriter {
public:
    explicit WireWriter(Bytes& out) : out_(out) {}

    template <class... T>
    void operator()(const T&... values) {
        (put(values), ...);
    }

private:
    template <class T>
    requires std::is_integral_v<T>
    void put(T value) {
        auto bits = static_cast<std::uint64_t>(value);
        constexpr std::size_t width = std::is_same_v<T, bool> ? 1 : sizeof(T);
        for (std::size_t i = 0; i < width; ++i, bits >>= 8)
            out_.push_back(static_cast<std::uint8_t>(bits));
    }
    template <class T>
    requires std::is_enum_v<T>
    void put(T value) { put(static_cast<std::uint8_t>(value)); }
    void put(double value) {
        std::uint64_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        put(bits);
    }
    void put(const std::string& text) {
        put(static_cast<std::uint32_t>(text.size()));
        out_.insert(out_.end(), text.begin(), text.end());
    }
    void put(const Bytes& bytes) {
        put(static_cast<std::uint32_t>(bytes.size()));
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    template <class String>
    void put(const WireBlob<String>& blob) {
        put(static_cast<const std::string&>(blob.bytes));
    }
    template <class List>
    void put(const WireBlobs<List>& blobs) {
        put(static_cast<std::uint32_t>(blobs.list.size()));
        for (const std::string& bytes : blobs.list)
            put(bytes);
    }
    template <class... T>
    void put(const std::variant<T...>& value) {
        static_assert(sizeof...(T) < 256);
        put(static_cast<std::uint8_t>(value.index()));
        std::visit([this](const auto& held) { put(held); }, value);
    }
    template <class T>
    void put(const std::optional<T>& value) {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <class T>
    void put(const std::vector<T>& list) {
        put(static_cast<std::uint32_t>(list.size()));
        for (const T& item : list)
            put(item);
    }
    template <class T>
    requires std::is_class_v<T>
    void put(const T& value) { wireFields(*this, const_cast<T&>(value)); }

    Bytes& out_;
};

class WireReader {
public:
    WireReader(const std::uint8_t* data, std::size_t size) : data_(data), left_(size) {}

    template <class... T>
    void operator()(T&&... values) {
        (get(values), ...);
    }

    bool ok() const { return ok_; }
    bool finished() const { return ok_ && left_ == 0; }  // all read, nothing over

private:
    bool take(std::size_t count) {
        ok_ = ok_ && count <= left_;
        return ok_;
    }
    const std::uint8_t* advance(std::size_t count) {
        const std::uint8_t* at = data_;
        data_ += count;
        left_ -= count;
        return at;
    }

    template <class T>
    requires std::is_integral_v<T>
    void get(T& value) {
        constexpr std::size_t width = std::is_same_v<T, bool> ? 1 : sizeof(T);
        value = T{};
        if (!take(width))
            return;
        const std::uint8_t* at = advance(width);
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < width; ++i)
            bits |= static_cast<std::uint64_t>(at[i]) << (8 * i);
        if constexpr (std::is_same_v<T, bool>) {
            ok_ = ok_ && bits <= 1;
            value = bits == 1;
        } else {
            value = static_cast<T>(bits);
        }
    }
    template <class T>
    requires std::is_enum_v<T>
    void get(T& value) {
        std::uint8_t number = 0;
        get(number);
        ok_ = ok_ && number <= static_cast<std::uint8_t>(WireEnum<T>::last);
        value = ok_ ? static_cast<T>(number) : T{};
    }
    void get(double& value) {
        std::uint64_t bits = 0;
        get(bits);
        std::memcpy(&value, &bits, sizeof value);
        ok_ = ok_ && std::isfinite(value);
        if (!ok_)
            value = 0;
    }
    void get(std::string& text) {
        std::uint32_t size = 0;
        get(size);
        text.clear();
        if (!(ok_ = ok_ && size <= maxWireString) || !take(size))
            return;
        text.assign(reinterpret_cast<const char*>(advance(size)), size);
        ok_ = core::isUtf8(text);
    }
    void get(Bytes& bytes) {
        std::uint32_t size = 0;
        get(size);
        bytes.clear();
        if (!take(size))
            return;
        const std::uint8_t* at = advance(size);
        bytes.assign(at, at + size);
    }
    template <class String>
    void get(WireBlob<String>& blob) {
        std::uint32_t size = 0;
        get(size);
        blob.bytes.clear();
        if (take(size))
            blob.bytes.assign(reinterpret_cast<const char*>(advance(size)), size);
    }
    template <class List>
    void get(WireBlobs<List>& blobs) {
        std::uint32_t size = 0;
        get(size);
        blobs.list.clear();
        ok_ = ok_ && size <= maxWireList<std::string> && size <= left_;
        for (std::uint32_t i = 0; ok_ && i < size; ++i) {
            auto blob = wireBlob(blobs.list.emplace_back());
            get(blob);
        }
    }
    template <class... T>
    void get(std::variant<T...>& value) {
        std::uint8_t type = 0;
        get(type);
        ok_ = ok_ && type < sizeof...(T);
        getAlternative(value, ok_ ? type : 0, std::index_sequence_for<T...>{});
    }
    template <class Variant, std::size_t... I>
    void getAlternative(Variant& value, std::size_t type, std::index_sequence<I...>) {
        ((type == I && (get(value.template emplace<I>()), true)) || ...);
    }
    template <class T>
    void get(std::optional<T>& value) {
        bool present = false;
        get(present);
        value.reset();
        if (present)
            get(value.emplace());
    }
    template <class T>
    void get(std::vector<T>& list) {
        std::uint32_t size = 0;
        get(size);
        list.clear();
        // Every item takes at least one byte.
        ok_ = ok_ && size <= maxWireList<T> && size <= left_;
        for (std::uint32_t i = 0; ok_ && i < size; ++i)
            get(list.emplace_back());
    }
    template <class T>
    requires std::is_class_v<T>
    void get(T& value) { wireFields(*this, value); }

    const std::uint8_t* data_;
    std::size_t left_;
    bool ok_ = true;
};

}  // namespace marea::server
