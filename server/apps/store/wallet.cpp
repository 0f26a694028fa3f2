#include "server/apps/store/wallet.h"

#include "server/apps/identity/errorof.h"
#include "server/apps/store/ledgerstore.h"

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

Result<std::vector<OrderFact>> Wallet::atOnce(core::db::Session& session, const Order& order) {
    const auto has = ledgerstore::balance(session, walletOf(order.buyer), order.price.currency);
    if (!has) {
        return errorOf(has);
    }
    if (*has < order.price.minor) {
        return fail(ErrorCode::Unprocessable,
                    "There is not enough credit: " + moneyText(Money{*has, order.price.currency}) + " of " +
                        moneyText(order.price) + ".");
    }
    return std::vector<OrderFact>{OrderFact::Started, OrderFact::Paid};
}

void Wallet::begin(const Order&, Placed done) {
    done(fail(ErrorCode::Internal, "A wallet is charged at once."));
}

void Wallet::ask(const Order&, const PaymentPlace&, Told done) {
    done(PaymentNews{});
}

void Wallet::refund(const Order&, const PaymentPlace&, Told done) {
    done(PaymentNews{{OrderFact::Refunded}, {}, {}});
}

void Wallet::close(const Order&, const PaymentPlace&, Told done) {
    done(PaymentNews{});
}

Result<PaymentMessage> Wallet::read(const Request&, TimeMs) const {
    return fail(ErrorCode::NotFound, "Nobody tells of wallets.");
}

}  // namespace marea::server::store
