import QtQuick
import Marea
import Marea.App

// What one ordered, with receipts and giving back; one's credit, and vouchers.
FocusScope {
    id: page
    required property AppContext app
    property bool narrow: false
    readonly property StoreViewModel store: app.store
    readonly property OrdersModel orders: store.orders
    readonly property int side: narrow ? Theme.marginNarrow : Theme.margin
    Component.onCompleted: { orders.reload(); store.wallet.forget(); store.wallet.reload() }

    Loader { id: confirm; active: false; sourceComponent: ConfirmSheet {} }
    Loader { id: told; active: false; sourceComponent: OrderSheet { onStoreWanted: page.app.navigator.go("product", {productId: productId}) } }
    function tell(row) {
        told.active = true
        told.item.tell(row, view)
    }
    function giveBack(id, title, back) {
        confirm.active = true
        confirm.item.ask(qsTr("Give %1 back?").arg(title), orders.rule, qsTr("Give it back"), () => orders.refund(id), back)
    }
    ListView {
        id: view
        objectName: "purchases"
        anchors { fill: parent; leftMargin: page.side; rightMargin: page.side }
        focus: true
        activeFocusOnTab: true
        model: page.orders
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        bottomMargin: Theme.margin
        spacing: 2
        onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Purchases")
        Keys.onReturnPressed: if (currentItem) currentItem.opened()
        Keys.onEnterPressed: if (currentItem) currentItem.opened()
        header: Column {
            width: Math.min(ListView.view.width, 900)
            spacing: 12
            PageTitle { text: qsTr("Purchases"); count: page.orders.count }
            Rectangle {
                width: parent.width
                height: credit.height + 32
                radius: Theme.radiusCard
                color: Theme.surface
                border.width: Theme.dark ? 0 : 1
                border.color: Theme.line
                Icon { x: 16; y: 24; name: "wallet"; color: Theme.secondary }
                Column {
                    id: credit
                    anchors { left: parent.left; leftMargin: 52; right: parent.right; rightMargin: 16; top: parent.top; topMargin: 16 }
                    spacing: 12
                    Column {
                        width: parent.width
                        spacing: 2
                        Label { text: qsTr("Your credit"); color: Theme.secondary }
                        Label { text: page.store.wallet.text !== "" ? page.store.wallet.text : page.store.wallet.known ? qsTr("None") : "–"; font.pixelSize: Theme.heading; weight: Font.DemiBold; tabular: true; Accessible.role: Accessible.StaticText; Accessible.name: qsTr("Your credit: %1").arg(text) }
                    }
                    VoucherField { width: parent.width; wallet: page.store.wallet }
                }
            }
            Item { width: 1; height: 4 }
        }
        delegate: OrderRow {
            x: -12
            width: Math.min(ListView.view.width, 900) + 24
            narrow: page.narrow
            onOpened: here ? page.app.openTitle(media, false) : fate !== "" ? page.tell(this) : page.app.navigator.go("product", {productId: productId})
            onPlayed: page.app.openTitle(media, true)
            onReceiptWanted: page.orders.openReceipt(orderId)
            onRefundWanted: (back) => page.giveBack(orderId, title, back)
            onPayWanted: page.orders.pay(orderId)
        }
        footer: Item {
            width: ListView.view.width
            height: visible ? 260 : 0
            visible: page.orders.count === 0 && (page.orders.failed || page.orders.loaded)
            EmptyState {
                anchors.fill: parent
                failed: page.orders.failed
                iconName: page.orders.failed ? "wifi-off" : "shopping-bag"
                text: page.orders.failed ? page.orders.errorText : qsTr("You have not bought anything yet.")
                actionText: page.orders.failed ? qsTr("Try again") : qsTr("Go to the store")
                onAction: page.orders.failed ? page.orders.reload() : page.app.navigator.go("store")
            }
        }
        Scroller { parent: page; anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                   orientation: Qt.Vertical; size: view.visibleArea.heightRatio; position: view.visibleArea.yPosition
                   active: view.moving || hovered
                   onPositionChanged: if (pressed) view.contentY = position * view.contentHeight + view.originY }
    }
    Late {
        anchors { fill: view; topMargin: 220 }
        waiting: page.orders.loading && page.orders.count === 0
        sourceComponent: Column { spacing: 8; Repeater { model: 4; Skeleton { width: Math.min(view.width, 900); height: 56; radius: Theme.radiusControl } } }
    }
}
