import QtQuick
import Marea
import Marea.App

// What an owner sells: which libraries, and the products made of them.
Column {
    id: part
    required property AppContext app
    readonly property SellingViewModel selling: app.store.selling
    spacing: 4

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    function ask(title, words, action, what, back) { confirm.active = true; confirm.item.ask(title, words, action, what, back) }

    Setting {
        stacked: true
        title: qsTr("Libraries for sale")
        explanation: qsTr("What is in them is seen by owners, and by who bought it. Put a library up before there is something in it that others should not see.")
        Flow {
            width: part.width
            spacing: 8
            Repeater {
                model: part.selling.libraries
                Chip {
                    id: library
                    required property var modelData
                    text: modelData.name
                    checkable: true
                    checked: modelData.forSale
                    onClicked: {
                        const on = checked
                        checked = Qt.binding(() => modelData.forSale)
                        if (on) part.ask(qsTr("Put %1 up for sale?").arg(modelData.name), qsTr("Who is no owner no longer sees what is in it until they buy it."), qsTr("Put it up"), () => part.selling.setForSale(modelData.id, true), library)
                        else part.ask(qsTr("Take %1 off sale?").arg(modelData.name), qsTr("Everybody whom it is open to sees all that is in it, whether they paid or not."), qsTr("Take it off"), () => part.selling.setForSale(modelData.id, false), library)
                    }
                }
            }
        }
    }
    Item {
        width: parent.width
        height: 56
        Label { anchors.verticalCenter: parent.verticalCenter; text: qsTr("Products"); weight: Font.Medium }
        AppButton { anchors { right: parent.right; verticalCenter: parent.verticalCenter } iconName: "plus"; text: qsTr("New product"); onClicked: part.app.navigator.go("offer") }
    }
    Repeater {
        model: part.selling.products
        SettingsRow {
            required property var modelData
            iconName: modelData.active ? "tag" : "pencil"
            title: modelData.title
            detail: modelData.detail
            AppButton { quiet: true; text: modelData.active ? qsTr("Withdraw") : qsTr("Publish"); Accessible.name: modelData.active ? qsTr("Withdraw %1").arg(modelData.title) : qsTr("Publish %1").arg(modelData.title); onClicked: part.selling.setState(modelData.id, modelData.active ? "retired" : "active") }
            IconButton { iconName: "pencil"; iconSize: 18; color: Theme.secondary; text: qsTr("Edit %1").arg(modelData.title); onClicked: part.app.navigator.go("offer", {productId: modelData.id}) }
            IconButton {
                id: gone
                iconName: "trash-2"; iconSize: 18; color: Theme.secondary
                text: qsTr("Delete %1").arg(modelData.title)
                onClicked: part.ask(qsTr("Delete %1?").arg(modelData.title), qsTr("It is sold no more. Who bought it keeps it."), qsTr("Delete"), () => part.selling.remove(modelData.id), gone)
            }
        }
    }
    AppButton { visible: part.selling.more; quiet: true; text: qsTr("Show more"); onClicked: part.selling.showMore() }
    Label { visible: part.selling.loaded && part.selling.products.length === 0; width: parent.width; text: qsTr("There are no products yet. Make one here, or from a title's menu."); color: Theme.secondary; wrapMode: Text.Wrap; elide: Text.ElideNone }
}
