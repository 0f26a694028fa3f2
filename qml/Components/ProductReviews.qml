import QtQuick
import Marea
import Marea.App

// What buyers say; who has it may say something, too.
Column {
    id: list
    required property ProductViewModel product
    signal wanted(Item back)
    spacing: 12
    Item {
        width: parent.width
        height: 40
        Label { anchors.verticalCenter: parent.verticalCenter; text: qsTr("Reviews"); font.pixelSize: Theme.heading; weight: Font.DemiBold; Accessible.role: Accessible.Heading; Accessible.name: text }
        AppButton {
            id: write
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            visible: list.product.owned && !list.product.preorder
            quiet: true
            iconName: "pencil"
            text: list.product.ownStars > 0 ? qsTr("Edit your review") : qsTr("Write a review")
            onClicked: list.wanted(write)
        }
    }
    Label { visible: text !== ""; width: parent.width; text: list.product.reviewsError; color: Theme.error; wrapMode: Text.Wrap; elide: Text.ElideNone; Accessible.role: Accessible.AlertMessage; Accessible.name: text }
    AppButton { visible: list.product.reviewsError !== ""; quiet: true; text: qsTr("Try again"); Accessible.name: qsTr("Try to read the reviews again"); onClicked: list.product.reload() }
    Label { visible: list.product.reviewsLoaded && list.product.reviews.length === 0; width: parent.width; text: list.product.owned ? qsTr("Nobody has said anything yet. You could be the first.") : qsTr("Nobody has said anything yet."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
    Repeater {
        model: list.product.reviews
        Column {
            id: review
            required property var modelData
            width: Math.min(list.width, 720)
            spacing: 4
            Row {
                spacing: 8
                Label { width: Math.min(implicitWidth, review.width - stars.width - day.width - 16); text: modelData.name; weight: Font.Medium }
                Stars { id: stars; anchors.verticalCenter: parent.verticalCenter; rating: modelData.stars; size: 14 }
                Label { id: day; text: modelData.when; color: Theme.secondary; font.pixelSize: Theme.tiny; anchors.verticalCenter: parent.verticalCenter }
            }
            Label { visible: text !== ""; width: parent.width; text: modelData.text; wrapMode: Text.Wrap; elide: Text.ElideNone; lineHeight: 1.4 }
        }
    }
}
