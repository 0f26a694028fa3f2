import QtQuick
import Marea
import Marea.App

// What one thinks of something that one bought.
Sheet {
    id: sheet
    required property ProductViewModel product
    property int stars: 0
    title: product.ownStars > 0 ? qsTr("Edit your review") : qsTr("Write a review")
    first: rating
    function ask(back) {
        stars = product.ownStars
        words.text = product.ownText
        show(back)
    }
    Connections { target: sheet.product; enabled: sheet.visible; function onReviewed() { sheet.close() } }
    Label { width: parent.width; text: sheet.product.title; color: Theme.secondary }
    StarRating { id: rating; size: 28; rating: sheet.stars * 2; onRated: (value) => sheet.stars = Math.ceil(value / 2) }
    TextBox { id: words; width: parent.width; placeholderText: qsTr("What others may want to know") }
    Label { visible: text !== ""; width: parent.width; text: sheet.product.reviewError; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    buttons: [
        AppButton { primary: true; enabled: sheet.stars > 0; text: qsTr("Publish"); onClicked: sheet.product.review(sheet.stars, words.text) },
        AppButton { quiet: true; text: qsTr("Cancel"); onClicked: sheet.close() },
        AppButton { visible: sheet.product.ownStars > 0; quiet: true; text: qsTr("Delete"); onClicked: sheet.product.removeReview() }
    ]
}
