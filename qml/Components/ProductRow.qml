import QtQuick
import Marea
import Marea.App

// A shelf of the store.
CardRow {
    id: shelf
    required property AppContext app
    aspect: 1.12   // the price below
    card: ProductCard {
        width: shelf.cardWidth
        onOpened: shelf.app.navigator.go("product", {productId: productId})
    }
}
