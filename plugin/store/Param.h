#pragma once
/// A statement's parameter, by value. Poco's own `bind` loses against std::bind by argument-dependent lookup.

#include <Poco/Data/Statement.h>

namespace plugin::store {

template <class T>
auto param(const T& value) {
    return Poco::Data::Keywords::bind(value);
}

}  // namespace plugin::store
